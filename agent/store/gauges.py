"""How much waits: figures that are read whenever a monitoring system asks, so each is one look into an index."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from agent.model.reviews import OPEN
from agent.store.tables import deliveries, inbox, reviews, threads

UNSETTLED = ("waiting", "sending", "failed")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many of a kind, and since when the oldest; `late` are past their due time."""

    kind: str
    count: int
    oldest: str
    late: int = 0


def open_reviews(connection: Connection, *, now: str) -> Iterator[Waiting]:
    """Cases that nobody has decided, by kind."""
    late = func.count().filter(reviews.c.due_at < now)
    found = select(reviews.c.kind, func.count(), func.min(reviews.c.created_at), late).where(reviews.c.status.in_(OPEN))
    for kind, count, oldest, overdue in connection.execute(found.group_by(reviews.c.kind)):
        yield Waiting(kind=kind, count=count, oldest=oldest, late=overdue)


def waiting_messages(connection: Connection) -> Iterator[Waiting]:
    """Messages that are not answered yet, by status: waiting or running."""
    found = select(inbox.c.status, func.count(), func.min(inbox.c.received_at))
    unanswered = found.where(inbox.c.status.in_(("waiting", "running"))).group_by(inbox.c.status)
    for status, count, oldest in connection.execute(unanswered):
        yield Waiting(kind=status, count=count, oldest=oldest)


def outbox(connection: Connection) -> Iterator[tuple[str, Waiting]]:
    """(status, what is not delivered yet or was given up), by kind: ticket or webhook."""
    found = select(deliveries.c.kind, deliveries.c.status, func.count(), func.min(deliveries.c.created_at))
    unsettled = found.where(deliveries.c.status.in_(UNSETTLED)).group_by(deliveries.c.kind, deliveries.c.status)
    for kind, status, count, oldest in connection.execute(unsettled):
        yield status, Waiting(kind=kind, count=count, oldest=oldest)


def leases(connection: Connection, *, now: str) -> tuple[int, int]:
    """How many threads are being worked on, and how many leases have run out without being given back."""
    held = select(func.count(), func.count().filter(threads.c.lease_until < now))
    count, expired = connection.execute(held.where(threads.c.lease_owner.is_not(None))).one()
    return count - expired, expired
