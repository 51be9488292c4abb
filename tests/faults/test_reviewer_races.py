"""Two or more reviewers at the same moment, each in a process of its own on one home with real SQLite files.

Each test counts the rounds that went wrong over all its repetitions; there may be none.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Literal

import pytest

from agent.desk import Desk
from agent.model import Decision, GivenRole, Money, QueueFilter, Review
from tests.faults.books import contradictions, read_books
from tests.faults.racers import (
    WINDOW,
    CallBack,
    CarryOut,
    Claim,
    Decide,
    GiveRole,
    InOrder,
    Lane,
    Outcome,
    Work,
    Write,
    finish_everything,
    open_shifted_desk,
    person,
    run_race,
)
from tests.faults.records import damaged_files, query
from tests.stand_ins import copy_home

ROUNDS = [20, pytest.param(200, marks=pytest.mark.long), pytest.param(1000, marks=pytest.mark.exhaustive)]

SMALL = "refund of $7 please"
LARGE = "refund of $600 please"
APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="not_refundable")

Rounds = Sequence[tuple[Outcome, ...]]


Stage = Literal["open", "held", "called back"]
Prepare = Callable[..., list[Review]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[object, ...], Path]:
    """Prepared homes, each made once and copied for every test that wants it."""
    return {(): tmp_path_factory.mktemp("homes")}


@pytest.fixture
def prepare(home: Path, homes: dict[tuple[object, ...], Path]) -> Prepare:
    """Reviews as they are before the race: open, approved by Robin and held, or called back after that."""

    def prepare_home(count: int, text: str = SMALL, stage: Stage = "open", customer: str = "guest") -> list[Review]:
        wanted = (count, text, stage, customer)
        if wanted not in homes:
            made = homes[()] / str(len(homes))
            with opened(made) as desk:
                for _round in range(count):
                    bring_to(desk, stage, str(desk.chat(text, customer_id=customer).review_id))
            homes[wanted] = made
        copy_home(homes[wanted], home)
        with opened(home) as desk:
            listed = desk.queue(QueueFilter(statuses=()), limit=count)
            return sorted((desk.review(row.review_id) for row in listed), key=lambda review: review.created_at)

    return prepare_home


def bring_to(desk: Desk, stage: Stage, review_id: str) -> None:
    if stage != "open":
        desk.decide(review_id, APPROVE, person("Robin"), held=True)
    if stage == "called back":
        desk.workbench.call_back(review_id, person("Robin"))


@contextmanager
def opened(home: Path) -> Iterator[Desk]:
    with closing(open_shifted_desk(home)) as desk:
        yield desk


@contextmanager
def timed(what: str, count: int, capsys: pytest.CaptureFixture[str]) -> Iterator[Counter[str]]:
    """Say what was repeated how often, how long it took, and what came of it."""
    tally: Counter[str] = Counter()
    begun = time.perf_counter()
    yield tally
    with capsys.disabled():
        seen = ", ".join(f"{name} {number}" for name, number in sorted(tally.items()))
        print(f"\n  {what}: {count} rounds in {time.perf_counter() - begun:.1f} s: {seen}", end="")  # noqa: T201


def assert_books_agree(home: Path) -> None:
    assert contradictions(home) == []
    assert damaged_files(home) == []
    with opened(home) as desk:
        assert desk.verify_audit().ok
        assert [check for check in desk.checks() if not check.ok] == []


def wrong_rounds(outcomes: Rounds, is_right: Callable[[tuple[Outcome, ...]], bool]) -> list[tuple[Outcome, ...]]:
    return [came for came in outcomes if not is_right(came)]


def exactly_one(came: tuple[Outcome, ...]) -> bool:
    """One deed counted, the others were refused."""
    return sorted(each.how for each in came) == ["done", *["refused"] * (len(came) - 1)]


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


def seen(review: Review) -> Decision:
    return APPROVE.model_copy(update={"seen_sha256": review.seen_sha256})


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
