"""Whether everything that tells of a refund tells the same: decisions, review, ledger, payouts, events, audit chain."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agent.names import subject_key
from tests.faults.records import money, query

LARGE = 500_00
"""Cents above which two people are needed, as the policy has it."""

DECIDED = {"approve", "edit", "deny", "respond", "take-over", "expire"}


@dataclass
class Book:
    """What the files hold on one review; lists, so that whatever is doubled shows."""

    status: str
    amount: int | None
    decided_action: str | None
    standing: list[tuple[int, str, str]] = field(default_factory=list)
    """Seat, person and action of the decisions that count."""

    withdrawn: int = 0
    audited: list[tuple[str, str]] = field(default_factory=list)
    """Person and action, oldest first."""

    entered: int = 0
    paid: int = 0
    told: int = 0


def read_books(home: Path) -> dict[str, Book]:
    """Every review with what was written about it."""
    desk = home / "desk.sqlite"
    rows = query(desk, "SELECT review_id, status, amount_minor, decided_action FROM reviews ORDER BY seq")
    books = {review_id: Book(status, amount, action) for review_id, status, amount, action in rows}
    for review_id, seat, name, action, withdrawn_at in query(
        desk, "SELECT review_id, seat, subject, action, withdrawn_at FROM decisions ORDER BY decision_id"
    ):
        if withdrawn_at is None:
            books[review_id].standing.append((seat, name, action))
        else:
            books[review_id].withdrawn += 1
    for review_id, actor, action in query(
        desk, "SELECT review_id, actor, action FROM audit WHERE review_id IS NOT NULL ORDER BY seq"
    ):
        if action != "review_opened":
            books[review_id].audited.append((actor, action))
    places = money(home)
    for review_id, count in Counter(places.entered).items():
        books[review_id].entered = count
    for review_id, count in Counter(places.paid).items():
        books[review_id].paid = count
    for review_id, count in Counter(places.told).items():
        books[review_id].told = count
    return books


def contradictions(home: Path) -> list[str]:
    """Everything in the books that does not agree, over all reviews; empty if nothing is wrong."""
    found = [f"{review_id}: {wrong}" for review_id, book in read_books(home).items() for wrong in _wrongs(book)]
    doubled = query(
        home / "desk.sqlite",
        "SELECT review_id FROM audit WHERE action = 'review_opened' GROUP BY review_id HAVING count(*) > 1",
    )
    return found + [f"{review_id}: opened twice" for (review_id,) in doubled]


def _wrongs(book: Book) -> Iterator[str]:
    if not book.entered == book.paid == book.told <= 1:
        yield f"entered {book.entered}, paid {book.paid}, told {book.told} times"
    if book.paid != _ought_to_be_paid(book):
        yield f"paid {book.paid} times, by its decisions {_ought_to_be_paid(book)}"
    if _replayed(book) != book.standing:
        yield f"the audit chain leaves {_replayed(book)}, the decisions are {book.standing}"
    if len(book.audited) != len(book.standing) + 2 * book.withdrawn:
        yield f"{len(book.audited)} deeds in the audit chain, {len(book.standing)} stand, {book.withdrawn} withdrawn"
    if (book.decided_action or "") != (book.standing[-1][2] if book.standing else ""):
        yield f"the review says {book.decided_action}, the decisions {book.standing}"
    if (book.status == "pending") != (not book.standing):
        yield f"{book.status} with the decisions {book.standing}"
    if len({subject_key(name) for _seat, name, _action in book.standing}) < len(book.standing):
        yield f"one person on two seats: {book.standing}"


def _ought_to_be_paid(book: Book) -> int:
    approvals = [action for _seat, _name, action in book.standing if action in {"approve", "edit"}]
    needed = 2 if (book.amount or 0) > LARGE else 1
    return int(book.status == "applied" and len(approvals) == len(book.standing) == needed)


def _replayed(book: Book) -> list[tuple[int, str, str]]:
    """The decisions that count, by the audit chain alone."""
    seats: list[tuple[str, str]] = []
    for actor, action in book.audited:
        if action == "called_back" and seats:
            seats.pop()
        elif action in DECIDED:
            seats.append((actor, action))
    return [(number, *seat) for number, seat in enumerate(seats, start=1)]
