"""Two releases on one store: threads that one has paused at a step which the other does not have."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import Decision
from agent.desk import Desk
from agent.errors import OtherReleaseError
from agent.protocols.run import run_thread
from tests.faults.processes import PATIENCE_S
from tests.faults.records import change, money, query
from tests.faults.releases import open_newer_desk
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk

APPROVE = Decision(action="approve")


@pytest.fixture
def newer(tmp_path: Path) -> Iterator[Desk]:
    """A desk of a release whose human gate has another name."""
    desk = open_newer_desk(tmp_path / "home")
    yield desk
    desk.close()


@pytest.fixture
def older(newer: Desk) -> Iterator[Desk]:
    """A desk of this release on the same store."""
    desk = open_test_desk(newer.home, recover_s=0.2)
    yield desk
    desk.close()


def test_an_approval_given_at_the_older_one_is_kept_and_carried_out_by_the_newer(newer: Desk, older: Desk) -> None:
    paused = newer.chat(REFUND_MESSAGE, customer_id="C-1001")

    with pytest.raises(OtherReleaseError, match=r"The decision is stored; .* waits at money_gate.*nothing was changed"):
        older.decide(str(paused.review_id), APPROVE, REVIEWER)

    assert newer.review(str(paused.review_id)).status == "approved"
    assert money(newer.home).paid == []
    assert newer.thread(paused.thread_id).thread.status == "PAUSED_FOR_APPROVAL"
    run_thread(newer._office, paused.thread_id)  # noqa: SLF001  as its workers do
    assert money(newer.home).agrees()
    assert money(newer.home).paid == [paused.review_id]


def test_the_older_one_follows_a_thread_in_which_the_newer_tells_what_it_does_not_know(
    newer: Desk, older: Desk
) -> None:
    told = newer.chat("how long does delivery take?")
    before = older.events(told.thread_id, 0, 100)
    added = "INSERT INTO events (thread_id, type, payload, at) VALUES (?, 'UNHEARD_OF', '{}', '')"
    change(newer.home / "desk.sqlite", added, [told.thread_id])
    newer.chat("and how much is it?", thread_id=told.thread_id)

    after = older.events(told.thread_id, before[-1].seq, 100)
    everywhere = older.following.after(before[-1].seq, 100)

    assert after[0].type == "MESSAGE_RECEIVED"
    assert everywhere == after


def test_workers_of_the_older_one_leave_the_thread_alone_and_say_so_once(
    newer: Desk, older: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    older.start()
    paused = newer.chat(REFUND_MESSAGE, customer_id="C-1001")
    with caplog.at_level(logging.WARNING):
        waiting = older.decide(str(paused.review_id), APPROVE, REVIEWER, wait_s=3.0)
        newer.start()
        wait_until_applied(newer, str(paused.review_id))
        time.sleep(3.0)  # until the older one has seen that it is over

    told = [record.getMessage() for record in caplog.records if paused.thread_id in record.getMessage()]
    assert waiting.action_result == "Decided; being carried out"
    assert [line.partition(" waits at ")[2][:10] for line in told] == ["money_gate", ""]
    assert "over after" in told[1]
    assert money(newer.home).paid == [paused.review_id]
    assert money(newer.home).agrees()


def test_a_turn_whose_newer_process_died_at_the_unknown_step_is_not_closed_by_the_older(
    newer: Desk, older: Desk
) -> None:
    paused = newer.chat(REFUND_MESSAGE, customer_id="C-1001", message_id="refund")
    desk = newer.home / "desk.sqlite"
    change(desk, "DELETE FROM reviews")  # as if it had died after its pause was saved and before its review was
    change(desk, "UPDATE inbox SET status = 'running', review_id = NULL")

    with pytest.raises(OtherReleaseError, match="waits at money_gate"):
        older.chat(REFUND_MESSAGE, customer_id="C-1001", message_id="refund")
    after_the_older = query(desk, "SELECT status, attempts FROM inbox")
    result = newer.chat(REFUND_MESSAGE, customer_id="C-1001", message_id="refund")

    assert after_the_older == [("running", 1)]
    assert (result.status, result.review_id) == ("PAUSED_FOR_APPROVAL", paused.review_id)


def test_each_release_takes_the_messages_of_the_others_finished_threads(newer: Desk, older: Desk) -> None:
    thread_id = newer.chat("how long is delivery?").thread_id

    answers = [desk.chat("what does delivery cost?", thread_id=thread_id).status for desk in (older, newer, older)]

    assert answers == ["DONE"] * 3


def wait_until_applied(desk: Desk, review_id: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while desk.review(review_id).status != "applied":
        assert time.monotonic() < deadline, "the newer release does not carry it out"
        time.sleep(0.05)
