import time
from pathlib import Path
from signal import SIGKILL
from typing import get_args

import pytest

from agent import Decision
from agent.desk import Desk
from tests.faults.endings import MESSAGE_ID, Moment, refund_and_end
from tests.faults.processes import PATIENCE_S, exit_code_of, running
from tests.faults.records import damaged_files, money, query
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk

MOMENTS: tuple[Moment, ...] = get_args(Moment)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_refund_is_paid_exactly_once_although_its_process_died_when(tmp_path: Path, moment: Moment) -> None:
    home = tmp_path / "home"
    open_test_desk(home).close()

    with running(refund_and_end, home, moment, SIGKILL) as killed:
        exit_code = exit_code_of(killed)
    left_behind = where_it_stands(home)
    desk = open_test_desk(home)
    result = finish_the_refund(desk)

    assert exit_code == -9
    assert left_behind == LEFT_BEHIND[moment]
    assert result == "Refund issued: $240.00"
    assert len(money(home).paid) == 1
    assert money(home).agrees()
    assert_told_once(desk)
    assert damaged_files(home) == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


LEFT_BEHIND: dict[Moment, tuple[str, str | None, int, int]] = {
    "the message is stored": ("waiting", None, 0, 0),
    "the turn has begun": ("running", None, 0, 0),
    "the pause is saved, its review is not": ("running", None, 0, 0),
    "the review is stored": ("paused", "pending", 0, 0),
    "the decision is stored": ("paused", "approved", 0, 0),
    "the gate is passed": ("paused", "approved", 0, 0),
    "the ledger entry is written, nothing is paid": ("paused", "approved", 1, 0),
    "the refund is paid, its reference is not stored": ("paused", "approved", 1, 1),
    "the refund is confirmed, its step is not saved": ("paused", "approved", 1, 1),
    "all steps are saved, the turn is not closed": ("paused", "approved", 1, 1),
    "the turn is closed, the lease is not given back": ("done", "applied", 1, 1),
}
"""Moment → the turn's status, the review's, entries in the ledger, entries in the payments book."""


def where_it_stands(home: Path) -> tuple[str, str | None, int, int]:
    desk = home / "desk.sqlite"
    [(turn,)] = query(desk, "SELECT status FROM inbox")
    [(review,)] = query(desk, "SELECT (SELECT status FROM reviews)")
    [(entries,)] = query(desk, "SELECT count(*) FROM ledger")
    [(payouts,)] = query(home / "payments.sqlite", "SELECT count(*) FROM payouts")
    return turn, review, entries, payouts


def finish_the_refund(desk: Desk) -> str:
    """As a client that heard nothing: send the message again, and approve unless that is done."""
    resent = desk.chat(REFUND_MESSAGE, customer_id="C-1001", message_id=MESSAGE_ID)
    review_id = str(resent.review_id)
    if desk.review(review_id).status == "pending":
        desk.decide(review_id, Decision(action="approve"), REVIEWER)
    desk.start()  # recovery carries out what the dead process had decided
    deadline = time.monotonic() + PATIENCE_S
    while desk.review(review_id).status != "applied" and time.monotonic() < deadline:
        time.sleep(0.02)
    [turn] = desk.thread(resent.thread_id).turns
    return str(turn.record["action_result"])


def assert_told_once(desk: Desk) -> None:
    [thread] = desk.threads()
    lines = [line.text for line in desk.thread(thread.thread_id).transcript if line.who == "agent"]
    assert sum("is with a colleague now" in line for line in lines) == 1
    assert sum("was approved" in line for line in lines) == 1
