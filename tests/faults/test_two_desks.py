import threading
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from agent import Decision
from agent.desk import Desk
from agent.errors import ThreadBusyError
from agent.model import Receipt
from agent.protocols.recover import reconcile
from tests.faults.endings import refund_and_end
from tests.faults.neighbours import hold_lease, work_along
from tests.faults.processes import CONTEXT, PATIENCE_S, exit_code_of, running
from tests.faults.records import money, query
from tests.stand_ins import REVIEWER, open_test_desk, open_test_office

RUNS = "SELECT turn_id, count(*) FROM events WHERE type = 'NODE_STARTED' AND node = 'intake' GROUP BY turn_id"
FINAL_REPLIES = "SELECT i.seq FROM replies r JOIN inbox i USING (turn_id) WHERE r.reply_id LIKE '%:final'"


@pytest.fixture
def neighbour(desk: Desk) -> Iterator[Desk]:
    """The desk, with a second process that works along on its home."""
    ready, enough = CONTEXT.Event(), CONTEXT.Event()
    with running(work_along, desk.home, ready, enough) as process:
        assert ready.wait(PATIENCE_S)
        yield desk
        enough.set()
        assert exit_code_of(process) == 0


def test_of_two_desks_on_one_home_each_message_is_answered_by_one(neighbour: Desk) -> None:
    neighbour.start()

    receipts = [neighbour.receive(f"how long is delivery? ({number})") for number in range(40)]
    wait_for_answers(neighbour, receipts)

    runs = dict(query(neighbour.home / "desk.sqlite", RUNS))
    assert runs == {receipt.turn_id: 1 for receipt in receipts}
    assert len(query(neighbour.home / "desk.sqlite", FINAL_REPLIES)) == len(receipts)


def test_a_message_left_by_a_process_without_workers_is_answered_by_the_other(neighbour: Desk) -> None:
    receipt = neighbour.receive("how long is delivery?")
    wait_for_answers(neighbour, [receipt])

    assert neighbour.thread(receipt.thread_id).turns[0].status == "done"


def test_400_messages_from_8_customers_at_once_are_answered_once_and_in_order(desk: Desk) -> None:
    desk.start()
    threads = [desk.receive("how long is delivery?").thread_id for _customer in range(8)]
    receipts: list[Receipt] = []

    def write(thread_id: str) -> None:
        receipts.extend(desk.receive(f"what about delivery {n}?", thread_id=thread_id) for n in range(49))

    customers = [threading.Thread(target=write, args=(thread_id,)) for thread_id in threads]
    for customer in customers:
        customer.start()
    for customer in customers:
        customer.join()
    wait_for_answers(desk, receipts)

    for thread_id in threads:
        answered = query(desk.home / "desk.sqlite", f"{FINAL_REPLIES} AND r.thread_id = ? ORDER BY r.seq", (thread_id,))
        assert len(answered) == 50
        assert answered == sorted(answered)
    assert set(dict(query(desk.home / "desk.sqlite", RUNS)).values()) == {1}


def test_a_lease_whose_holder_was_killed_is_taken_over_at_once(desk: Desk) -> None:
    thread_id = desk.receive("how long is delivery?").thread_id
    ready, enough = CONTEXT.Event(), CONTEXT.Event()

    with running(hold_lease, desk.home, thread_id, ready, enough):
        assert ready.wait(PATIENCE_S)
    result = desk.chat("what does delivery cost?", thread_id=thread_id, wait_s=0)

    assert result.status == "DONE"
    assert [turn.status for turn in desk.thread(thread_id).turns] == ["done", "done"]


def test_a_lease_of_a_living_process_is_respected_and_its_holder_named(desk: Desk) -> None:
    thread_id = desk.chat("how long is delivery?").thread_id
    ready, enough = CONTEXT.Event(), CONTEXT.Event()

    with running(hold_lease, desk.home, thread_id, ready, enough) as holder:
        assert ready.wait(PATIENCE_S)
        with pytest.raises(ThreadBusyError, match=rf"by process {holder.pid}-.*what you sent is stored"):
            desk.chat("what does delivery cost?", thread_id=thread_id, wait_s=0.1)
        enough.set()
        exit_code = exit_code_of(holder)
    [busy] = [turn for turn in desk.thread(thread_id).turns if turn.status == "waiting"]
    later = desk.chat(busy.text, message_id=busy.message_id)

    assert exit_code == 0
    assert later.status == "DONE"


def test_a_message_to_a_paused_thread_is_kept_and_runs_after_the_decision(neighbour: Desk) -> None:
    paused = neighbour.chat("refund of $7 please")
    held = neighbour.receive("how long is delivery?", thread_id=paused.thread_id)
    while_open = [turn.status for turn in neighbour.thread(paused.thread_id).turns]

    neighbour.decide(str(paused.review_id), Decision(action="approve"), REVIEWER)
    wait_for_answers(neighbour, [held])

    assert held.queued
    assert while_open == ["paused", "held"]
    assert [turn.status for turn in neighbour.thread(paused.thread_id).turns] == ["done", "done"]
    assert money(neighbour.home).agrees()


def test_a_review_whose_pause_is_gone_is_reported(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    paused = desk.chat("refund of $7 please")
    office = open_test_office(desk.home)

    office.checkpoints.delete_thread(paused.thread_id)
    problems = reconcile(office)

    assert problems == [f"Review {paused.review_id} waits, but its thread {paused.thread_id} is not paused."]
    assert [check.name for check in desk.checks() if not check.ok] == ["queue and checkpoints agree"]
    office.close()
    desk.close()


def test_a_pause_without_its_review_gets_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    open_test_desk(home).close()
    with running(refund_and_end, home, "the pause is saved, its review is not", SIGKILL) as killed:
        exit_code_of(killed)
    office = open_test_office(home)
    reviews_before = query(home / "desk.sqlite", "SELECT review_id FROM reviews")

    problems = reconcile(office)

    assert reviews_before == []
    assert problems == []
    assert query(home / "desk.sqlite", "SELECT status FROM reviews") == [("pending",)]
    assert query(home / "desk.sqlite", "SELECT status FROM inbox") == [("paused",)]
    office.close()


def wait_for_answers(desk: Desk, receipts: list[Receipt]) -> None:
    wanted = {receipt.turn_id for receipt in receipts}
    deadline = time.monotonic() + PATIENCE_S
    answered = "SELECT turn_id FROM inbox WHERE status = 'done'"
    while wanted - {turn_id for (turn_id,) in query(desk.home / "desk.sqlite", answered)}:
        assert time.monotonic() < deadline, "messages are left without an answer"
        time.sleep(0.05)
