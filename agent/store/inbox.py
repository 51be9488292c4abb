"""The inbox: a customer's message is written here before anything else happens to it."""

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from agent.canonical import canonical_json
from agent.model import TurnStatus, TurnView
from agent.store.tables import inbox

MAX_ATTEMPTS = 3
"""Runs of one turn before a person is called, if the last of them raised."""

MAX_CUT_OFF = 10
"""Runs of one turn before a person is called, if the process ended during each of them."""


def insert_message(  # noqa: PLR0913  one keyword per column
    connection: Connection,
    *,
    message_id: str,
    turn_id: str,
    thread_id: str,
    text: str,
    status: TurnStatus,
    received_at: str,
    review_id: str | None,
    traceparent: str | None = None,
) -> None:
    """Keep one message; the caller has looked for its id in the same transaction."""
    connection.execute(
        insert(inbox).values(
            message_id=message_id,
            turn_id=turn_id,
            thread_id=thread_id,
            text=text,
            status=status,
            received_at=received_at,
            review_id=review_id,
            traceparent=traceparent,
            attempts=0,
        )
    )


def find_message(connection: Connection, message_id: str) -> RowMapping | None:
    """The row of a message by the id that its sender gave it."""
    return connection.execute(select(inbox).where(inbox.c.message_id == message_id)).mappings().first()


def find_turn(connection: Connection, turn_id: str) -> RowMapping | None:
    """The row of a turn."""
    return connection.execute(select(inbox).where(inbox.c.turn_id == turn_id)).mappings().first()


def next_turn(connection: Connection, thread_id: str) -> RowMapping | None:
    """The oldest message of the thread that still has to run, or whose run was cut off."""
    return (
        connection.execute(
            select(inbox)
            .where(inbox.c.thread_id == thread_id, inbox.c.status.in_(("waiting", "running")))
            .order_by(inbox.c.seq)
            .limit(1)
        )
        .mappings()
        .first()
    )


def start_turn(connection: Connection, turn_id: str) -> None:
    """Mark the turn as running and count the attempt."""
    connection.execute(
        update(inbox).where(inbox.c.turn_id == turn_id).values(status="running", attempts=inbox.c.attempts + 1)
    )


def forget_attempt(connection: Connection, turn_id: str) -> None:
    """Do not count the current run: it was not the turn's fault that it came to nothing. A first run stays counted."""
    connection.execute(
        update(inbox)
        .where(inbox.c.turn_id == turn_id, inbox.c.status == "running", inbox.c.attempts > 1)
        .values(attempts=inbox.c.attempts - 1)
    )


def finish_turn(
    connection: Connection,
    turn_id: str,
    *,
    status: TurnStatus,
    record: dict[str, Any],
    at: str,
    review_id: str | None = None,
    error: str | None = None,
) -> None:
    """Store what became of the turn."""
    connection.execute(
        update(inbox)
        .where(inbox.c.turn_id == turn_id)
        .values(status=status, record=canonical_json(record), finished_at=at, review_id=review_id, error=error)
    )


def keep_trace(connection: Connection, turn_id: str, traceparent: str | None) -> None:
    """Whoever goes on with the turn goes on with this trace; None changes nothing."""
    if traceparent is not None:
        connection.execute(update(inbox).where(inbox.c.turn_id == turn_id).values(traceparent=traceparent))


def move_messages(
    connection: Connection, thread_id: str, *, source: TurnStatus, target: TurnStatus, review_id: str | None = None
) -> int:
    """Give all messages of a thread in one status another; returns how many."""
    return connection.execute(
        update(inbox)
        .where(inbox.c.thread_id == thread_id, inbox.c.status == source)
        .values(status=target, review_id=review_id)
    ).rowcount


def last_language(connection: Connection, thread_id: str) -> str:
    """The customer's language as the latest finished turn found it; English before there is one."""
    record = connection.execute(
        select(inbox.c.record)
        .where(inbox.c.thread_id == thread_id, inbox.c.record.is_not(None))
        .order_by(inbox.c.seq.desc())
        .limit(1)
    ).scalar()
    return str(json.loads(record).get("language") or "en") if record else "en"


def held_messages(connection: Connection, review_id: str) -> list[TurnView]:
    """Messages that arrived while the review was open, oldest first."""
    return [
        view(row)
        for row in connection.execute(
            select(inbox).where(inbox.c.review_id == review_id, inbox.c.status == "held").order_by(inbox.c.seq)
        ).mappings()
    ]


def turns_of(connection: Connection, thread_id: str) -> list[TurnView]:
    """All turns of a thread, oldest first."""
    rows = connection.execute(select(inbox).where(inbox.c.thread_id == thread_id).order_by(inbox.c.seq)).mappings()
    return [view(row) for row in rows]


def view(row: RowMapping) -> TurnView:
    """The row as a value."""
    return TurnView(
        turn_id=row["turn_id"],
        message_id=row["message_id"],
        text=row["text"],
        status=row["status"],
        received_at=row["received_at"],
        finished_at=row["finished_at"],
        review_id=row["review_id"],
        record=json.loads(row["record"]) if row["record"] else {},
        error=row["error"],
    )
