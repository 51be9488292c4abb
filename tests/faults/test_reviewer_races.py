"""Two decisions on a review, or a decision and something else, at the same moment, each in a process of its own.

Each test counts the rounds that went wrong over all its repetitions; there may be none.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from agent.model import Decision, Review
from tests.faults.books import read_books
from tests.faults.racers import WINDOW, CallBack, CarryOut, Decide, Lane, Work, Write, finish_everything, run_race
from tests.faults.records import query
from tests.faults.rounds import (
    APPROVE,
    DENY,
    ROUNDS,
    Prepare,
    assert_books_agree,
    exactly_one,
    seen,
    timed,
    wrong_rounds,
)

PAIRS = {
    "double click": (("robin", APPROVE), ("robin", APPROVE)),
    "two approvers": (("robin", APPROVE), ("sam", APPROVE)),
    "approve and deny": (("robin", APPROVE), ("sam", DENY)),
}


def decisions_on(reviews: Sequence[Review], name: str, what: Decision) -> list[Decide]:
    """Every second one can be called back."""
    return [Decide(each.review_id, name, what, held=bool(number % 2)) for number, each in enumerate(reviews)]


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_decisions_at_the_same_moment_exactly_one_counts(
    home: Path, prepare: Prepare, pair: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)
    lanes = [Lane(decisions_on(reviews, name, what)) for name, what in PAIRS[pair]]

    with timed(pair, count, capsys) as tally:
        outcomes = run_race(home, *lanes)
        tally["wrong"] = len(wrong_rounds(outcomes, exactly_one))
        finish_everything(home)
        tally.update(f"lane {number + 1} won" for came in outcomes for number in range(2) if came[number].done)

    assert wrong_rounds(outcomes, exactly_one) == []
    assert all("already decided by" in each.said for came in outcomes for each in came if not each.done)
    approvals = [number for number, (_name, what) in enumerate(PAIRS[pair]) if what == APPROVE]
    approved = sum(came[number].done for came in outcomes for number in approvals)
    assert sum(book.paid for book in read_books(home).values()) == approved
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_stale_tab_decides_nothing_once_somebody_else_did(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)
    first = [Decide(each.review_id, "robin", DENY) for each in reviews]
    tabs = [Decide(each.review_id, "sam", seen(each)) for each in reviews]

    with timed("stale tab", count, capsys) as tally:
        run_race(home, Lane(first))
        outcomes = run_race(home, Lane(tabs), Lane([Work(each.thread_id) for each in reviews]))
        tally["refused"] = sum(tab.how == "refused" for tab, _work in outcomes)

    assert tally["refused"] == count
    assert all("already decided by robin" in tab.said for tab, _work in outcomes)
    assert sum(book.paid for book in read_books(home).values()) == 0
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_message_while_its_thread_is_paused_is_answered_once_and_after_the_decision(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)

    with timed("message against decision", count, capsys) as tally:
        outcomes = run_race(
            home,
            Lane([Decide(each.review_id, "robin", APPROVE) for each in reviews]),
            Lane([Write(each.thread_id) for each in reviews]),
        )
        finish_everything(home)
        tally.update(write.said for _decide, write in outcomes)

    statuses = query(home / "desk.sqlite", "SELECT status, count(*) FROM inbox GROUP BY status")
    answered = query(
        home / "desk.sqlite",
        "SELECT i.thread_id FROM inbox i JOIN replies r ON r.reply_id = i.turn_id || ':final' ORDER BY i.thread_id",
    )
    in_order = query(
        home / "desk.sqlite",
        "SELECT count(*) FROM replies a JOIN replies b USING (thread_id) JOIN inbox i ON i.turn_id = a.turn_id "
        "JOIN inbox j ON j.turn_id = b.turn_id WHERE a.reply_id LIKE '%:final' AND b.reply_id LIKE '%:final' "
        "AND i.seq < j.seq AND a.seq > b.seq",
    )
    assert [came for came in outcomes if not all(each.done for each in came)] == []
    assert statuses == [("done", 2 * count)]
    assert answered == sorted((each.thread_id,) for each in reviews for _twice in range(2))
    assert in_order == [(0,)]
    assert sum(book.paid for book in read_books(home).values()) == count
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("how", ["when the window ends", "with pay now"])
def test_a_refund_is_either_paid_or_open_again(
    home: Path, prepare: Prepare, how: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, stage="held")
    undoing = Lane([CallBack(each.review_id, "Robin") for each in reviews])
    if how == "with pay now":
        paying = Lane([CarryOut(each.review_id, "Robin", each.thread_id) for each in reviews])
    else:  # to this worker the window has just passed
        paying = Lane([Work(each.thread_id) for each in reviews], ahead=WINDOW)

    with timed(f"undo against payout {how}", count, capsys) as tally:
        outcomes = run_race(home, undoing, paying)
        finish_everything(home)
        tally.update("open again" if undo.done else "paid" for undo, _pay in outcomes)

    books = read_books(home)
    wrong = [
        (review.review_id, came)
        for review, came in zip(reviews, outcomes, strict=True)
        if (books[review.review_id].status, books[review.review_id].paid)
        != (("pending", 0) if came[0].done else ("applied", 1))
        or "broken" in {each.how for each in came}
    ]
    assert wrong == []
    assert_books_agree(home)
