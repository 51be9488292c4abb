"""What happened in a thread, in order; the pages and programs follow it by sequence number."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select

from agent.canonical import canonical_json
from agent.model import Event, EventType
from agent.store.tables import events

KNOWN = get_args(EventType)
"""A newer release beside this one may write others; they are not told here."""

LOOKED_THROUGH = 20_000
"""Events that a look for errors goes back; enough for some 1,000 turns."""


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """An event that has no sequence number yet."""

    thread_id: str
    turn_id: str | None
    type: EventType
    at: str
    node: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)


def add_events(connection: Connection, new: Sequence[NewEvent]) -> None:
    """Append events in the order given."""
    if new:
        connection.execute(
            insert(events),
            [
                {
                    "thread_id": one.thread_id,
                    "turn_id": one.turn_id,
                    "type": one.type,
                    "node": one.node,
                    "payload": canonical_json(one.payload),
                    "at": one.at,
                }
                for one in new
            ],
        )


def drop_chunks(connection: Connection, turn_id: str) -> None:
    """Forget the pieces of a reply that is stored whole."""
    connection.execute(delete(events).where(events.c.turn_id == turn_id, events.c.type == "RESPONSE_CHUNK"))


def read_events(connection: Connection, thread_id: str, *, after: int, limit: int) -> list[Event]:
    """Events of a thread with a higher sequence number than `after`, in order."""
    return _next(connection, events.c.thread_id == thread_id, after=after, limit=limit)


def read_all_events(connection: Connection, *, after: int, limit: int) -> list[Event]:
    """The next events of all threads, in order."""
    return _next(connection, after=after, limit=limit)


def _next(connection: Connection, *where: ColumnElement[bool], after: int, limit: int) -> list[Event]:
    wanted = select(events).where(*where, events.c.seq > after, events.c.type.in_(KNOWN))
    return [_event(row) for row in connection.execute(wanted.order_by(events.c.seq).limit(limit)).mappings()]


def latest_telling(connection: Connection, thread_id: str, kind: EventType, told: Mapping[str, Any]) -> Event | None:
    """The thread's latest event of this type whose payload tells this among other things; None if there is none."""
    of_kind = (events.c.thread_id == thread_id, events.c.type == kind)
    rows = connection.execute(select(events).where(*of_kind).order_by(events.c.seq.desc())).mappings()
    return next((found for row in rows if (found := _event(row)).payload.items() >= told.items()), None)


def newest_seq(connection: Connection) -> int:
    """The sequence number of the latest event of all threads, 0 before there is one."""
    return int(connection.execute(select(func.coalesce(func.max(events.c.seq), 0))).scalar_one())


def _event(row: RowMapping) -> Event:
    return Event(**{**row, "payload": json.loads(row["payload"])})


def latest_troubles(connection: Connection, limit: int) -> list[Event]:
    """The latest errors among the last 20,000 events of all threads, the newest first."""
    newest = select(func.coalesce(func.max(events.c.seq), 0)).scalar_subquery()
    rows = connection.execute(
        select(events)
        .where(events.c.type == "ERROR", events.c.seq > newest - LOOKED_THROUGH)
        .order_by(events.c.seq.desc())
        .limit(limit)
    ).mappings()
    return [_event(row) for row in rows]


def last_seq(connection: Connection, thread_id: str) -> int:
    """The highest sequence number of a thread, 0 if it has none."""
    found = connection.execute(select(func.max(events.c.seq)).where(events.c.thread_id == thread_id)).scalar()
    return int(found or 0)
