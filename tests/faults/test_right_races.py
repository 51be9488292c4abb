"""Who may not decide, or not any more, tries it from several processes at the same moment.

Each test counts the rounds that went wrong over all its repetitions; there may be none.
"""

import json
from itertools import cycle, islice
from pathlib import Path

import pytest

from agent.model import Decision, GivenRole
from tests.faults.books import read_books
from tests.faults.racers import Decide, GiveRole, Lane, run_race
from tests.faults.records import query
from tests.faults.rounds import APPROVE, DENY, ROUNDS, Prepare, assert_books_agree, timed

OWN_NAMES = (
    "C-1001",
    "c-1001",
    " C-1001 ",
    "\uff23-1001",
    "C-\uff11\uff10\uff10\uff11",
    "maya.chen@example.com",
    "Maya.Chen@Example.COM",
    "\tmaya.chen@example.com\n",
    "maya.chen\uff20example.com",
)


@pytest.mark.parametrize("count", ROUNDS)
def test_nobody_decides_on_their_own_request_in_any_spelling(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count, customer="C-1001")
    decisions = cycle((APPROVE, DENY, Decision(action="take-over")))
    tries, others = (
        [Decide(each.review_id, name, next(decisions)) for each, name in zip(reviews, names, strict=False)]
        for names in (cycle(OWN_NAMES), islice(cycle(OWN_NAMES), 4, None))
    )

    with timed("own requests", 2 * count, capsys) as tally:
        outcomes = run_race(home, Lane(tries), Lane(others))
        tally["refused"] = sum("own request" in each.said for came in outcomes for each in came)

    assert tally["refused"] == 2 * count
    assert {book.status for book in read_books(home).values()} == {"pending"}
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_role_taken_away_at_the_same_moment_counts_from_there_on(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)

    with timed("role against decision", count, capsys) as tally:
        outcomes = run_race(
            home,
            Lane([GiveRole(f"robin {number}", "none") for number in range(count)]),
            Lane([Decide(each.review_id, f"robin {number}", APPROVE) for number, each in enumerate(reviews)]),
        )
        tally.update("decided before" if decide.done else "refused" for _role, decide in outcomes)

    chain = query(home / "desk.sqlite", "SELECT seq, action, actor, detail FROM audit ORDER BY seq")
    taken = {json.loads(detail)["subject"]: seq for seq, action, _actor, detail in chain if action == "role_given"}
    decided = {actor: seq for seq, action, actor, _detail in chain if action == "approve"}
    assert [name for name, seq in decided.items() if seq > taken[name]] == []
    assert len(decided) == sum(decide.done for _role, decide in outcomes)
    assert all(role.done and (decide.done or "no role at this desk" in decide.said) for role, decide in outcomes)
    assert_books_agree(home)


@pytest.mark.parametrize("count", ROUNDS)
def test_a_role_taken_away_between_opening_and_deciding_decides_nothing(
    home: Path, prepare: Prepare, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = prepare(count)
    given: tuple[GivenRole, ...] = ("none", "analyst", "stakeholder")
    gone = [GiveRole(f"Robin {number}", given[number % 3]) for number in range(count)]
    tries = [Decide(each.review_id, f" ROBIN {number}", APPROVE) for number, each in enumerate(reviews)]

    with timed("role taken before", count, capsys) as tally:
        run_race(home, Lane(gone))
        outcomes = run_race(home, Lane(tries))
        tally["refused"] = sum(each.how == "refused" for (each,) in outcomes)

    assert tally["refused"] == count
    assert {book.status for book in read_books(home).values()} == {"pending"}
    assert_books_agree(home)
