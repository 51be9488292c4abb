"""What stands on stderr."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest

from agent.desk import Desk
from agent.errors import StorageError
from agent.model import Decision
from agent.observing.logs import AGAIN_S, OnceInAWhile, configure_logs
from tests.observing.collector import Collector
from tests.stand_ins import REFUND_MESSAGE, REVIEWER

QUESTION = "how long does delivery take? card 4111 1111 1111 1111, ana@example.com"


@contextmanager
def written(form: Literal["text", "json"], **options: Any) -> Iterator[Callable[[], str]]:
    """Everything that is logged inside the block, as it stands on stderr."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure_logs(form, options.pop("level", logging.INFO), **options)
    (ours,) = [one for one in root.handlers if one.get_name() == "desk"]
    assert isinstance(ours, logging.StreamHandler)
    lines = io.StringIO()
    ours.setStream(lines)
    try:
        yield lines.getvalue
    finally:
        root.handlers = before
        root.setLevel(level)


@contextmanager
def json_lines(**options: Any) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The same as documents."""
    with written("json", **options) as text:
        yield lambda: [json.loads(line) for line in text().splitlines()]


def test_a_turn_is_one_line_with_its_ids_and_rules(desk: Desk, collector: Collector) -> None:
    with json_lines() as lines:
        result = desk.chat(QUESTION)

        (line,) = lines()
    turn = collector.one("invoke_agent support-triage")
    assert (line["thread_id"], line["trace_id"], line["span_id"]) == (result.thread_id, turn.trace_id, turn.span_id)
    assert line["turn_id"] == turn.attributes["support.turn.id"]
    assert (line["level"], line["route"], line["outcome"], line["rules"]) == ("INFO", "faq", "answered", ["lane_faq"])
    assert line["ms"] > 0
    assert line["time"].endswith("+00:00")


def test_a_decision_is_one_line_and_so_is_what_it_led_to(desk: Desk) -> None:
    with json_lines() as lines:
        paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
        assert paused.review_id is not None
        desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

        told = lines()
    assert [line["message"].split(":")[0] for line in told] == ["Turn answered", "Decision", "Turn resumed"]
    assert {line["thread_id"] for line in told} == {paused.thread_id}
    assert told[1]["action"] == "approve"
    assert REVIEWER.subject not in json.dumps(told)


def test_a_failed_turn_is_logged_without_what_the_error_says(desk: Desk) -> None:
    with written("json") as text:
        desk.chat("there is trouble with my card")

    lines = [json.loads(line) for line in text().splitlines() if "ERROR" in line]
    assert "RuntimeError" in lines[0]["error"]
    assert "stand_ins.py" in lines[0]["error"]
    assert "out of order" not in text().replace('message = "the engine is out of order"', "")


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_message_quotes_is_masked(form: Literal["text", "json"]) -> None:
    log = logging.getLogger("agent.test")
    with written(form) as text:
        log.info("read %s", QUESTION, extra={"told": [QUESTION], "more": {"deep": QUESTION}})
        log.error("not stored", exc_info=StorageError(QUESTION))

    assert [number for number in ("4111 1111", "41111111") if number in text()] == []
    assert "ana@" not in text()
    assert "[card ending 1111]" in text()
    assert "StorageError: how long" in text()  # the desk's own errors are written for operators


@pytest.mark.parametrize(("with_content", "shown"), [(False, False), (True, True)])
def test_what_other_errors_say_is_only_there_with_content(with_content: bool, shown: bool) -> None:  # noqa: FBT001
    with written("text", with_content=with_content) as text:
        try:
            int("fourteen")
        except ValueError:
            logging.getLogger("agent.test").exception("failed")

    assert ("invalid literal" in text()) is shown
    assert "ValueError" in text()


def test_what_repeats_itself_is_written_once_and_counted() -> None:
    now = [0.0]
    once = OnceInAWhile(lambda: now[0])
    written_lines = []
    for second in (0, 30, 60, AGAIN_S + 1):
        now[0] = second
        record = logging.LogRecord("agent", logging.ERROR, "", 0, "thread %s is stuck", ("t-1",), None)
        if once.filter(record):
            written_lines.append(record.getMessage())

    assert written_lines == ["thread t-1 is stuck", "thread t-1 is stuck (2 times more since)"]


def test_lines_of_libraries_take_the_same_form() -> None:
    theirs = logging.getLogger("streamlit.made_up")
    theirs.propagate = False
    theirs.addHandler(logging.StreamHandler(io.StringIO()))

    with json_lines(others=("streamlit",)) as lines:
        theirs.warning("watch %s", "ana@example.com")

        assert [line["message"] for line in lines()] == ["watch [e-mail address]"]
    theirs.handlers.clear()
