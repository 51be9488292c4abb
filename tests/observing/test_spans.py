"""What a collector gets, over the wire."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from agent.desk import Desk
from agent.model import Decision
from agent.observing.exporting import CLOSE_S
from agent.observing.tracing import flush_traces, start_tracing, stop_tracing, tracing
from tests.api.conftest import running_api
from tests.benchmarks.figures import milliseconds
from tests.observing.collector import Collector, running_collector, traced
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk
from tests.wire.compatible import compatible
from tests.wire.test_desk import QUESTION, clerk, desk_at

TURN = "invoke_agent support-triage"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


def test_a_turn_is_one_trace_with_a_span_for_every_node(collector: Collector, desk: Desk) -> None:
    result = desk.chat(QUESTION)

    turn = collector.one(TURN)
    nodes = [span for span in collector.spans() if span.name.startswith("node ")]
    assert turn.parent_id == ""
    assert turn.attributes["gen_ai.conversation.id"] == result.thread_id
    assert turn.attributes["support.route"] == "faq"
    assert turn.attributes["support.outcome"] == "answered"
    assert {span.name for span in nodes} == {
        f"node {name}"
        for name in ("intake", "classify", "gauge_sentiment", "retrieve", "route", "handle_faq", "record")
    }
    assert {span.parent_id for span in nodes} == {turn.span_id}
    assert {span.trace_id for span in collector.spans()} == {turn.trace_id}
    assert turn.service == "support-triage-autopilot"


def test_what_was_looked_up_and_answered_is_told_in_figures(collector: Collector, desk: Desk) -> None:
    desk.chat(QUESTION)

    found, answered = collector.one("support.retrieve"), collector.one("support.generate")
    assert found.attributes == {"documents_retrieved": 1, "top_score": 0.95, "runbooks_searched": 1}
    assert answered.attributes == {
        "confidence_score": 9.5,
        "best_retrieval_score": 0.95,
        "needs_escalation": False,
        "category": "general",
    }
    assert collector.parent(found).name == "node retrieve"
    assert collector.parent(answered).name == "node handle_faq"


def test_an_answer_that_is_held_back_needs_escalation(collector: Collector, desk: Desk) -> None:
    desk.chat("what is the glaze made of?")

    assert collector.one("support.generate").attributes["needs_escalation"] is True
    opened = collector.one("support.escalate").attributes
    assert opened["support.escalate.phase"] == "opened"
    assert opened["engineer_resolved"] is False
    assert opened["category"] == "general"
    assert "confidence_score" in opened


def test_a_resolved_hand_over_lasts_as_long_as_it_took_in_the_trace_of_its_turn(
    collector: Collector, desk: Desk
) -> None:
    paused = desk.chat("let me talk to a human")
    assert paused.review_id is not None
    time.sleep(0.05)
    desk.decide(paused.review_id, Decision(action="respond", reply="Done."), REVIEWER)

    opened, closed = collector.spans("support.escalate")
    assert closed.attributes["support.escalate.phase"] == "closed"
    assert closed.attributes["engineer_resolved"] is True
    assert closed.attributes["resolution_time_ms"] >= 50
    assert closed.ms == pytest.approx(closed.attributes["resolution_time_ms"], abs=1)
    assert closed.trace_id == opened.trace_id


def test_pause_and_resume_are_one_trace_and_the_decision_points_to_it(collector: Collector, desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    assert paused.review_id is not None
    desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    before, after = collector.spans(TURN)
    gates = collector.spans("node human_gate")
    assert (before.attributes["support.turn.resumed"], after.attributes["support.turn.resumed"]) == (False, True)
    assert after.parent_id == before.span_id
    assert after.trace_id == before.trace_id
    assert [gate.attributes["support.node.status"] for gate in gates] == ["paused", "done"]
    assert [gate.error for gate in gates] == [None, None]
    assert collector.one("support.decide").links == [before.trace_id]
    assert collector.spans("support.escalate") == []  # a refund is no hand-over


def test_a_trace_outlives_the_process_that_paused(tmp_path: Path) -> None:
    with traced() as first:
        desk = open_test_desk(tmp_path / "home")
        paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
        desk.close()
        trace_id = first.one(TURN).trace_id
    assert paused.review_id is not None

    with traced() as second:
        desk = open_test_desk(tmp_path / "home")
        desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)
        desk.close()

        assert second.one(TURN).trace_id == trace_id


def test_calls_to_models_lie_in_their_nodes_and_tell_model_and_tokens(collector: Collector, tmp_path: Path) -> None:
    with desk_at(tmp_path / "home", compatible(clerk)) as desk:
        result = desk.chat(QUESTION)
        (turn,) = desk.thread(result.thread_id).turns

    told = {call["step"]: call for call in turn.record["engine_calls"]}
    calls = {
        collector.parent(span).name: span for span in [*collector.spans("chat cheap"), *collector.spans("chat strong")]
    }
    assert set(calls) == {"node classify", "node gauge_sentiment", "support.generate"}
    answer = calls["support.generate"]
    assert answer.kind == 3
    assert answer.attributes["gen_ai.operation.name"] == "chat"
    assert answer.attributes["gen_ai.provider.name"] == "openai"
    assert answer.attributes["gen_ai.request.model"] == "strong"
    assert answer.attributes["gen_ai.usage.input_tokens"] == told["answer"]["input_tokens"]
    assert answer.attributes["gen_ai.usage.output_tokens"] == told["answer"]["output_tokens"]
    assert answer.attributes["gen_ai.conversation.id"] == result.thread_id
    assert answer.attributes["gen_ai.response.finish_reasons"] == ["stop"]
    assert answer.attributes["server.address"] == "127.0.0.1"
    assert not any(name.endswith("messages") for name in answer.attributes)


def test_a_failed_call_and_a_failed_turn_are_marked_without_what_errors_say(collector: Collector, desk: Desk) -> None:
    desk.chat("there is trouble with my card")

    turns, nodes = collector.spans(TURN), collector.spans("node classify")
    assert {span.error for span in [*turns, *nodes]} == {"RuntimeError"}
    assert turns[-1].attributes["support.outcome"] == "failed"
    assert nodes[0].attributes["support.node.status"] == "failed"
    assert "classify" in nodes[0].events[0]["exception.stacktrace"]
    assert not any(b"out of order" in body for body in collector.bodies)


def test_the_trace_of_a_request_goes_on_in_the_turn(collector: Collector, tmp_path: Path) -> None:
    with running_api(tmp_path / "home") as api:
        client = api.client(traceparent=TRACEPARENT)
        client.post("/chat", params={"note": "ana@example.com"}, json={"text": QUESTION}).raise_for_status()

    turn, request = collector.one(TURN), collector.one("POST /chat")
    assert request.trace_id == turn.trace_id == TRACE
    assert request.parent_id == TRACEPARENT.split("-")[2]
    assert turn.parent_id == request.span_id
    assert not any(b"ana@" in body for body in collector.bodies)


def test_threads_that_run_side_by_side_are_not_mixed(collector: Collector, desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: desk.chat(QUESTION), range(16)))

    turns = collector.spans(TURN)
    assert sorted(span.attributes["gen_ai.conversation.id"] for span in turns) == sorted(
        result.thread_id for result in results
    )
    assert len({span.trace_id for span in turns}) == 16
    for turn in turns:
        inside = [span for span in collector.spans() if span.trace_id == turn.trace_id]
        assert len(inside) == 10
        assert len([span for span in inside if span.parent_id == turn.span_id]) == 7


def test_with_content_questions_and_replies_are_there_and_masked(tmp_path: Path) -> None:
    with traced(with_content=True) as collector, desk_at(tmp_path / "home", compatible(clerk)) as desk:
        desk.chat(f"{QUESTION} I paid with 4111 1111 1111 1111, write to ana@example.com")

        question = collector.one("support.retrieve").attributes["question"]
        told = collector.one("chat strong").attributes
        everything = b"".join(collector.bodies)

    assert question == f"{QUESTION} I paid with [card ending 1111], write to [e-mail address]"
    assert "how long does delivery take?" in told["gen_ai.input.messages"]
    assert "working days" in told["gen_ai.output.messages"]
    assert [number for number in (b"4111 1111", b"41111111") if number in everything] == []
    assert b"ana@" not in everything


@pytest.mark.parametrize("trouble", ["nobody there", "hangs", "refuses"])
def test_a_collector_that_is_away_slows_and_fails_nothing(trouble: str, desk: Desk) -> None:
    with running_collector() as collector:
        collector.status = 503 if trouble == "refuses" else 200
        collector.hangs = threading.Event() if trouble == "hangs" else None
        desk.chat(QUESTION)
        untraced = min(milliseconds(lambda: desk.chat(QUESTION)) for _ in range(5))
        start_tracing("http://127.0.0.1:9/v1/traces" if trouble == "nobody there" else collector.url)

        statuses = {desk.chat(QUESTION).status}
        traced_ms = min(milliseconds(lambda: desk.chat(QUESTION)) for _ in range(5))
        closed_ms = milliseconds(stop_tracing)

    assert statuses == {"DONE"}
    assert traced_ms < 3 * untraced + 20
    assert closed_ms < 1000 * (CLOSE_S + 1)


def test_that_spans_get_lost_is_said_once_and_so_is_that_they_arrive(
    collector: Collector, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    collector.status = 400
    for _ in range(3):
        desk.chat(QUESTION)
        flush_traces()
    (check,) = [one for one in desk.checks() if one.name == "traces"]
    collector.status = 200
    for _ in range(2):
        desk.chat(QUESTION)
        flush_traces()

    said = [record.getMessage() for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert len(said) == 2
    assert said[0].startswith("Traces do not reach http://127.0.0.1:")
    assert said[1].endswith("30 spans were lost.")
    assert not check.ok
    assert [one.ok for one in desk.checks() if one.name == "traces"] == [True]


def test_without_a_collector_no_span_is_made(desk: Desk) -> None:
    assert start_tracing(None) is None

    assert desk.chat(QUESTION).status == "DONE"
    assert tracing() is None


def test_probes_and_figures_make_no_spans(collector: Collector, tmp_path: Path) -> None:
    with running_api(tmp_path / "home") as api:
        for path in ("/healthz", "/readyz", "/metrics"):
            assert httpx.get(f"{api.url}{path}", trust_env=False).status_code == 200

    assert collector.spans() == []
