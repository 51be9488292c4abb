from pathlib import Path

import pytest

from agent.desk import Desk
from tests.faults.deciders import decide_all
from tests.faults.processes import CONTEXT, exit_code_of, running
from tests.faults.records import damaged_files, money, read_lines
from tests.stand_ins import open_test_desk

ROUNDS = [60, pytest.param(400, marks=pytest.mark.long)]


@pytest.mark.parametrize("count", ROUNDS)
def test_of_two_opposite_decisions_at_the_same_moment_exactly_one_counts(tmp_path: Path, count: int) -> None:
    desk = open_test_desk(tmp_path / "home")
    review_ids = [str(desk.chat(f"refund of ${amount} please").review_id) for amount in range(1, count + 1)]
    together = CONTEXT.Barrier(2)
    approver_log, denier_log = tmp_path / "approver", tmp_path / "denier"

    with (
        running(decide_all, desk.home, review_ids, "approve", "ann", together, approver_log) as approver,
        running(decide_all, desk.home, review_ids, "deny", "dora", together, denier_log) as denier,
    ):
        exit_codes = [exit_code_of(approver), exit_code_of(denier)]

    assert exit_codes == [0, 0]
    for review_id, ann, dora in zip(review_ids, read_lines(approver_log), read_lines(denier_log), strict=True):
        assert ann["won"] != dora["won"]
        assert "already decided by ann" in dora["said"] if ann["won"] else "already decided by dora" in ann["said"]
        assert_thread_agrees(desk, review_id, approved=ann["won"])
    assert money(desk.home).agrees()
    assert damaged_files(desk.home) == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def assert_thread_agrees(desk: Desk, review_id: str, *, approved: bool) -> None:
    review = desk.review(review_id)
    view = desk.thread(review.thread_id)
    record = view.turns[0].record
    reply = view.transcript[-1].text
    assert review.status == "applied"
    assert review.decided_action == ("approve" if approved else "deny")
    assert record["action_result"] == (
        f"Refund issued: {review.amount}" if approved else "Refund denied: not_delivered"
    )
    assert record["reply"] == reply
    assert (f"refund of {review.amount} was approved" in reply) == approved
    assert ("could not approve it" in reply) == (not approved)
    assert (review_id in money(desk.home).paid) == approved
