from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from agent.desk import Desk
from tests.benchmarks.figures import show
from tests.faults.books import contradictions
from tests.faults.deciders import Lane, decide_all, log_of
from tests.faults.processes import CONTEXT, running
from tests.faults.records import damaged_files, money, read_lines
from tests.stand_ins import open_test_desk

PAIRS, LANES = 2, 2
"""Two pairs of processes, and in each process so many threads that decide."""

ROUNDS = [
    60,
    pytest.param(400, marks=pytest.mark.long),
    pytest.param(10_000, marks=pytest.mark.exhaustive),
]
BATCH = 1000
Outcome = tuple[str, dict[str, Any], dict[str, Any]]
"""A review with what came of ann's approval and of dora's denial."""

ROUND_S = 2.0
"""Longest that one decision may take on average before a process counts as stuck."""


@pytest.mark.parametrize("count", ROUNDS)
def test_of_two_opposite_decisions_at_the_same_moment_exactly_one_counts(tmp_path: Path, count: int) -> None:
    desk = open_test_desk(tmp_path / "home")
    won = 0

    for done in range(0, count, BATCH):
        size = min(BATCH, count - done)
        outcomes = decide_at_once(desk.home, pause(desk, size), tmp_path / f"batch-{done}")

        assert len(outcomes) == size
        won += sum(ann["won"] for _review_id, ann, _dora in outcomes)
        assert_one_counts(desk, outcomes)
        assert len(money(desk.home).paid) == won
        assert money(desk.home).agrees()
        show(f"{done + size} refunds approved and denied at the same moment", f"{won} paid, {done + size - won} denied")
    assert contradictions(desk.home) == []
    assert damaged_files(desk.home) == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def assert_one_counts(desk: Desk, outcomes: Sequence[Outcome]) -> None:
    paid = set(money(desk.home).paid)
    for review_id, ann, dora in outcomes:
        assert {ann["won"], dora["won"]} == {True, False}, (ann, dora)
        assert "already decided by ann" in dora["said"] if ann["won"] else "already decided by dora" in ann["said"]
        assert_thread_agrees(desk, review_id, approved=ann["won"], is_paid=review_id in paid)


def pause(desk: Desk, count: int) -> list[str]:
    """So many refunds that wait for a decision."""
    with ThreadPoolExecutor(4) as customers:
        amounts = (1 + number % 400 for number in range(count))
        paused = customers.map(lambda amount: desk.chat(f"refund of ${amount} please"), amounts)
        return [str(result.review_id) for result in paused]


def decide_at_once(home: Path, review_ids: Sequence[str], folder: Path) -> list[Outcome]:
    """Approve and deny each of them at the same moment."""
    folder.mkdir()
    lanes = [review_ids[number :: PAIRS * LANES] for number in range(PAIRS * LANES)]
    logs: list[tuple[list[str], Path, Path]] = []
    processes = []
    with ExitStack() as stack:
        for pair in range(PAIRS):
            mine: list[Lane] = [(ids, CONTEXT.Barrier(2)) for ids in lanes[pair * LANES : (pair + 1) * LANES]]
            ann, dora = folder / f"ann-{pair}", folder / f"dora-{pair}"
            processes.append(stack.enter_context(running(decide_all, home, mine, "approve", "ann", ann)))
            processes.append(stack.enter_context(running(decide_all, home, mine, "deny", "dora", dora)))
            logs += [(list(ids), log_of(ann, n), log_of(dora, n)) for n, (ids, _barrier) in enumerate(mine)]
        for process in processes:
            process.join(60 + ROUND_S * len(lanes[0]))
        assert [process.exitcode for process in processes] == [0] * len(processes)
    return [each for ids, ann, dora in logs for each in zip(ids, read_lines(ann), read_lines(dora), strict=True)]


def assert_thread_agrees(desk: Desk, review_id: str, *, approved: bool, is_paid: bool) -> None:
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
    assert is_paid == approved
