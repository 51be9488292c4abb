import time
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from agent.protocols.recover import reconcile
from tests.faults.books import contradictions, read_books
from tests.faults.processes import exit_code_of, running
from tests.faults.racers import WINDOW, finish_everything, open_shifted_desk
from tests.faults.records import damaged_files, query
from tests.faults.two_people import APPROVE, ROBIN, SAM, Point, approve_twice_and_end
from tests.stand_ins import copy_home, open_test_desk

POINTS: tuple[Point, ...] = get_args(Point)
KILLS = [
    3,
    pytest.param(25, marks=pytest.mark.long),
    pytest.param(1000 // len(POINTS), marks=pytest.mark.exhaustive),
]
"""Each kill is a process of its own; over all points there are 24 and 1,000 of them."""

LEFT_BEHIND: dict[Point, tuple[str, int, int, int]] = {
    "the first decision is stored, its gate is not passed": ("awaiting_second", 1, 0, 0),
    "the first gate is passed, the second one is not in the queue": ("awaiting_second", 1, 0, 0),
    "the second decision is stored, its gate is not passed": ("approved", 2, 0, 0),
    "the second gate is passed, nothing is entered": ("approved", 2, 0, 0),
    "the refund is entered, nothing is paid": ("approved", 2, 1, 0),
    "the refund is paid, its reference is not stored": ("approved", 2, 1, 1),
    "the first decision waits for its undo window": ("awaiting_second", 1, 0, 0),
    "the second decision waits for its undo window": ("approved", 2, 0, 0),
}
"""Point → the review's status, decisions, entries in the ledger, entries in the payments book."""


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("point", POINTS)
def test_two_peoples_refund_is_paid_exactly_once_although_its_process_died_when(
    tmp_path: Path, point: Point, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "blank"
    open_test_desk(blank).close()
    begun = time.perf_counter()

    wrong = [
        each for number in range(kills) if (each := kill_and_recover(copy_home(blank, tmp_path / str(number)), point))
    ]

    with capsys.disabled():
        took = time.perf_counter() - begun
        print(f"\n  killed when {point}: {kills} times in {took:.1f} s, wrong {len(wrong)}", end="")  # noqa: T201
    assert wrong == []


def kill_and_recover(home: Path, point: Point) -> list[str]:
    """What went wrong, empty if nothing did."""
    with running(approve_twice_and_end, home, point) as killed:
        exit_code = exit_code_of(killed)
    left = where_it_stands(home)
    early = None if "waits" not in point else after_recovery(home, timedelta())
    late = after_recovery(home, WINDOW)
    if late.startswith("awaiting_second"):
        confirm(home)
    checks = {
        "killed": (exit_code, -9),
        "left behind": (left, LEFT_BEHIND[point]),
        "recovered within the window": (early, None if early is None else f"{LEFT_BEHIND[point][0]}, paid 0"),
        "recovered": (late, "applied, paid 1" if LEFT_BEHIND[point][1] == 2 else "awaiting_second, paid 0"),
        "in the end": (outcome(home), "applied, paid 1"),
        "contradictions": (contradictions(home), []),
        "damaged": (damaged_files(home), []),
    }
    return [f"{what}: {found} instead of {wanted}" for what, (found, wanted) in checks.items() if found != wanted]


def where_it_stands(home: Path) -> tuple[str, int, int, int]:
    [(status, decided, entries)] = query(
        home / "desk.sqlite",
        "SELECT status, (SELECT count(*) FROM decisions), (SELECT count(*) FROM ledger) FROM reviews",
    )
    [(payouts,)] = query(home / "payments.sqlite", "SELECT count(*) FROM payouts")
    return status, decided, entries, payouts


def after_recovery(home: Path, ahead: timedelta) -> str:
    """Another process comes by, to which the clock is ahead by this much."""
    desk = open_shifted_desk(home, ahead)
    reconcile(desk._office)  # noqa: SLF001  as the workers do
    desk.close()
    finish_everything(home, ahead)
    return outcome(home)


def outcome(home: Path) -> str:
    [book] = read_books(home).values()
    return f"{book.status}, paid {book.paid}"


def confirm(home: Path) -> None:
    """The second person comes to it; the first one may not."""
    desk = open_test_desk(home)
    [row] = desk.queue()
    with pytest.raises(Exception, match="a different person has to confirm"):
        desk.decide(row.review_id, APPROVE, ROBIN)
    desk.decide(row.review_id, APPROVE, SAM)
    desk.close()


@pytest.mark.parametrize("kills", KILLS)
def test_what_was_decided_by_a_process_that_died_can_still_be_called_back(
    tmp_path: Path, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "blank"
    open_test_desk(blank).close()
    begun = time.perf_counter()

    wrong = [each for number in range(kills) if (each := kill_and_call_back(copy_home(blank, tmp_path / str(number))))]

    with capsys.disabled():
        took = time.perf_counter() - begun
        print(f"\n  called back after a kill: {kills} times in {took:.1f} s, wrong {len(wrong)}", end="")  # noqa: T201
    assert wrong == []


def kill_and_call_back(home: Path) -> list[str]:
    with running(approve_twice_and_end, home, "the first decision waits for its undo window") as killed:
        exit_code_of(killed)
    desk = open_test_desk(home)
    [row] = desk.queue()
    desk.workbench.call_back(row.review_id, ROBIN)
    desk.close()
    late = after_recovery(home, WINDOW)
    return [] if late == "pending, paid 0" and contradictions(home) == [] else [late]


def test_a_first_approval_that_is_not_at_the_second_gate_yet_is_no_cause_for_alarm(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(approve_twice_and_end, home, "the first gate is passed, the second one is not in the queue") as killed:
        exit_code_of(killed)
    desk = open_test_desk(home)

    problems = reconcile(desk._office)  # noqa: SLF001  as the workers do

    assert problems == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()
