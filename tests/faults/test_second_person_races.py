"""The second of two people confirms while the first undoes, changes or repeats, each in a process of its own.

Each test counts the rounds that went wrong over all its repetitions; there may be none.
"""

from itertools import cycle
from pathlib import Path

import pytest

from agent.model import Decision, Money
from tests.faults.books import read_books
from tests.faults.racers import CallBack, Decide, InOrder, Lane, finish_everything, run_race
from tests.faults.records import query
from tests.faults.rounds import (
    APPROVE,
    LARGE,
    ROUNDS,
    Prepare,
    Stage,
    assert_books_agree,
    exactly_one,
    seen,
    timed,
    wrong_rounds,
)


@pytest.mark.parametrize("count", ROUNDS)
def test_nobody_confirms_what_was_changed_meanwhile(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, LARGE, "held")
    changed = Decision(action="edit", amount=Money(minor=550_00))
    changing = [
        InOrder((CallBack(each.review_id, "Robin"), Decide(each.review_id, "Robin", changed))) for each in reviews
    ]
    confirming = [Decide(each.review_id, "sam", seen(each)) for each in reviews]

    with timed("confirmation against change", count, capsys) as tally:
        outcomes = run_race(home, Lane(changing), Lane(confirming))
        finish_everything(home)
        tally.update("changed" if change.done else "confirmed" for change, _confirm in outcomes)

    amounts = dict(query(home / "desk.sqlite", "SELECT review_id, amount_minor FROM ledger"))
    assert wrong_rounds(outcomes, exactly_one) == []
    assert set(amounts.values()) <= {600_00}
    assert len(amounts) == sum(confirm.done for _change, confirm in outcomes)
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("stage", ["open", "called back"])
def test_nobody_fills_both_seats_from_two_places_at_once(
    home: Path, prepare: Prepare, stage: Stage, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, LARGE, stage)
    names = cycle(("Robin", " robin", "ROBIN ", "\uff32obin"))
    places = [
        [Decide(each.review_id, next(names), APPROVE, held=bool(number % 2)) for number, each in enumerate(reviews)]
        for _place in range(2)
    ]

    with timed(f"same person twice, {stage}", count, capsys) as tally:
        outcomes = run_race(home, *map(Lane, places))
        finish_everything(home)
        paid_by_one = sum(book.paid for book in read_books(home).values())
        confirmed = run_race(home, Lane([Decide(each.review_id, "sam", APPROVE) for each in reviews]))
        tally["refused"] = sum(not each.done for came in outcomes for each in came)

    assert wrong_rounds(outcomes, exactly_one) == []
    assert paid_by_one == 0
    assert all(came[0].done for came in confirmed)
    assert sum(book.paid for book in read_books(home).values()) == count
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_confirmation_and_the_first_ones_undo_at_once_are_never_both_taken(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, LARGE, "held")

    with timed("confirmation against undo", count, capsys) as tally:
        outcomes = run_race(
            home,
            Lane([CallBack(each.review_id, "Robin") for each in reviews]),
            Lane([Decide(each.review_id, "sam", seen(each)) for each in reviews]),
        )
        finish_everything(home)
        tally.update("undone" if undo.done else "paid" for undo, _confirm in outcomes)

    books = read_books(home)
    assert wrong_rounds(outcomes, exactly_one) == []
    assert [books[each.review_id].paid for each in reviews] == [int(confirm.done) for _undo, confirm in outcomes]
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_who_confirms_without_having_seen_the_first_decision_is_never_both_people(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, LARGE, "held")

    with timed("blind confirmation against undo", count, capsys) as tally:
        outcomes = run_race(
            home,
            Lane([CallBack(each.review_id, "Robin") for each in reviews]),
            Lane([Decide(each.review_id, "sam", APPROVE) for each in reviews]),
        )
        finish_everything(home)
        tally.update("undone first" if undo.done else "paid" for undo, _approve in outcomes)

    books = read_books(home)
    statuses = [(books[each.review_id].status, books[each.review_id].paid) for each in reviews]
    assert statuses == [("awaiting_second", 0) if undo.done else ("applied", 1) for undo, _approve in outcomes]
    assert [came for came in outcomes if not came[1].done] == []
    assert_books_agree(home)
