"""Who claims a review, and who decides on it, at the same moment, each in a process of its own.

Each test counts the rounds that went wrong over all its repetitions; there may be none.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.books import read_books
from tests.faults.racers import Claim, Decide, Lane, person, run_race
from tests.faults.records import query
from tests.faults.rounds import APPROVE, ROUNDS, Prepare, assert_books_agree, exactly_one, opened, timed, wrong_rounds


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("before", ["nobody's", "stale"])
def test_of_many_claimants_exactly_one_gets_the_review(
    home: Path, prepare: Prepare, before: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)
    names = ("robin", "sam", "lee", "ann")
    if before == "stale":
        with opened(home) as desk:
            for each in reviews:
                desk.workbench.claim(each.review_id, person("robin"))
    ahead = timedelta(minutes=11) if before == "stale" else timedelta()

    with timed(f"claims, {before} before", count, capsys) as tally:
        outcomes = run_race(home, *(Lane([Claim(each.review_id, name) for each in reviews], ahead) for name in names))
        tally.update(name for came in outcomes for name, each in zip(names, came, strict=True) if each.done)

    claimed = [name for (name,) in query(home / "desk.sqlite", "SELECT claimed_by FROM reviews ORDER BY seq")]
    assert wrong_rounds(outcomes, exactly_one) == []
    assert claimed == [each.said for came in outcomes for each in came if each.done]
    assert all("claimed by" in each.said for came in outcomes for each in came if not each.done)
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_claim_and_somebody_elses_decision_at_once_are_never_both_taken(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)

    with timed("claim against decision", count, capsys) as tally:
        outcomes = run_race(
            home,
            Lane([Claim(each.review_id, "sam") for each in reviews]),
            Lane([Decide(each.review_id, "robin", APPROVE) for each in reviews]),
        )
        tally.update("claimed" if claim.done else "decided" for claim, _decide in outcomes)

    assert wrong_rounds(outcomes, exactly_one) == []
    assert sum(book.paid for book in read_books(home).values()) == sum(decide.done for _claim, decide in outcomes)
    assert_books_agree(home)
