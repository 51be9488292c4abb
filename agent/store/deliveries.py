"""What has to go to other systems: each row is claimed by one thread of one process at a time."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from agent.canonical import canonical_json
from agent.model import Delivery, DeliveryKind, FailedDelivery
from agent.store.tables import deliveries

READ = [column for column in deliveries.c if column.name not in {"seq", "finished_at"}]


def add_delivery(  # noqa: PLR0913  one keyword per column
    connection: Connection,
    *,
    delivery_id: str,
    kind: DeliveryKind,
    target: str,
    about: str,
    thread_id: str,
    turn_id: str | None,
    body: object,
    at: str,
) -> None:
    """Keep something to deliver, from now on; `body` becomes canonical JSON."""
    connection.execute(
        insert(deliveries).values(
            delivery_id=delivery_id,
            kind=kind,
            target=target,
            about=about,
            thread_id=thread_id,
            turn_id=turn_id,
            body=canonical_json(body),
            status="waiting",
            attempts=0,
            created_at=at,
            next_at=at,
        )
    )


def due_targets(connection: Connection, *, now: str) -> list[str]:
    """Systems for which something is due."""
    due = select(deliveries.c.target).where(*_due(now)).distinct()
    return sorted(connection.execute(due).scalars())


def next_due(connection: Connection, target: str, *, now: str) -> Delivery | None:
    """What is due for this system, the longest first."""
    chosen = select(*READ).where(*_due(now), deliveries.c.target == target)
    row = connection.execute(chosen.order_by(deliveries.c.next_at, deliveries.c.seq).limit(1)).mappings().first()
    return None if row is None else _delivery(row)


def claim(connection: Connection, delivery: Delivery, *, owner: str, give_up_at: str) -> Delivery | None:
    """Count a try before it is made, so that one that is cut off is known; None if somebody else was faster."""
    taken = {"status": "sending", "attempts": delivery.attempts + 1, "owner": owner, "give_up_at": give_up_at}
    won = connection.execute(update(deliveries).where(*_as_read(delivery)).values(**taken)).rowcount == 1
    return delivery.model_copy(update=taken) if won else None


def finish(connection: Connection, delivery: Delivery, *, at: str) -> bool:
    """It arrived, and what it said is not kept twice; False if somebody else has this delivery meanwhile."""
    return _settle(connection, delivery, status="done", finished_at=at, error=None, body="{}")


def put_off(connection: Connection, delivery: Delivery, *, until: str, give_up_at: str | None, error: str) -> bool:
    """Try it again later; False if somebody else has this delivery meanwhile."""
    return _settle(connection, delivery, status="waiting", next_at=until, give_up_at=give_up_at, error=error)


def give_up(connection: Connection, delivery: Delivery, *, error: str, at: str) -> bool:
    """Leave it to a person; False if somebody else has this delivery meanwhile."""
    return _settle(connection, delivery, status="failed", finished_at=at, error=error)


def _settle(connection: Connection, delivery: Delivery, **values: str | None) -> bool:
    settled = update(deliveries).where(*_as_read(delivery)).values(owner=None, **values)
    return connection.execute(settled).rowcount == 1


def _as_read(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    """Nobody has touched it since it was read."""
    return (
        deliveries.c.delivery_id == delivery.delivery_id,
        deliveries.c.status == delivery.status,
        deliveries.c.attempts == delivery.attempts,
    )


def owners(connection: Connection) -> list[str]:
    """Who is sending something."""
    found = select(deliveries.c.owner).where(deliveries.c.status == "sending", deliveries.c.owner.is_not(None))
    return list(connection.execute(found.distinct()).scalars())


def release(connection: Connection, dead: Collection[str], *, now: str) -> int:
    """What dead owners were sending is due at once; the try counts, as nobody knows how far it came."""
    theirs = (deliveries.c.status == "sending", deliveries.c.owner.in_(dead))
    free = update(deliveries).where(*theirs).values(status="waiting", owner=None, next_at=now)
    return connection.execute(free).rowcount


def revive(connection: Connection, chosen: Sequence[str], *, at: str) -> int:
    """Failed ones are tried anew, with all their tries; what was wrong stays noted until it is known better."""
    anew = {"status": "waiting", "next_at": at, "give_up_at": None, "attempts": 0, "finished_at": None}
    failed = (deliveries.c.status == "failed", deliveries.c.delivery_id.in_(chosen))
    return connection.execute(update(deliveries).where(*failed).values(**anew)).rowcount


def doubt_waiting_tickets(connection: Connection, why: str) -> int:
    """Tickets that were never tried may have arrived all the same: they are looked for before they are sent."""
    untried = (deliveries.c.kind == "ticket", deliveries.c.status == "waiting", deliveries.c.error.is_(None))
    return connection.execute(update(deliveries).where(*untried).values(error=why)).rowcount


def find_delivery(connection: Connection, delivery_id: str) -> Delivery | None:
    """The delivery with this id."""
    row = connection.execute(select(*READ).where(deliveries.c.delivery_id == delivery_id)).mappings().first()
    return None if row is None else _delivery(row)


def failed_deliveries(connection: Connection, *, limit: int, target: str | None = None) -> list[FailedDelivery]:
    """What was given up, the latest first."""
    wanted: list[ColumnElement[bool]] = [deliveries.c.status == "failed"]
    if target is not None:
        wanted.append(deliveries.c.target == target)
    chosen = select(deliveries).where(*wanted).order_by(deliveries.c.finished_at.desc(), deliveries.c.seq.desc())
    return [_failed(row) for row in connection.execute(chosen.limit(limit)).mappings()]


def counts(connection: Connection) -> dict[tuple[str, str], tuple[int, str]]:
    """(target, status) → how many are not settled, and since when the oldest is there."""
    open_ones = deliveries.c.status.in_(("waiting", "sending", "failed"))
    columns = (deliveries.c.target, deliveries.c.status, func.count(), func.min(deliveries.c.created_at))
    found = select(*columns).where(open_ones).group_by(deliveries.c.target, deliveries.c.status)
    return {(target, status): (count, oldest) for target, status, count, oldest in connection.execute(found)}


def _due(now: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return deliveries.c.status == "waiting", deliveries.c.next_at <= now


def _delivery(row: RowMapping) -> Delivery:
    return Delivery.model_validate(dict(row))


def _failed(row: RowMapping) -> FailedDelivery:
    body = json.loads(row["body"])
    what = f"Webhook {body.get('type')}"
    if row["kind"] == "ticket":
        number = body["number"]
        what = f"Ticket {number}: {body['subject'].removesuffix(f' ({number})')}"
    return FailedDelivery(
        what=what,
        delivery_id=row["delivery_id"],
        kind=row["kind"],
        target=row["target"],
        about=row["about"],
        thread_id=row["thread_id"],
        attempts=row["attempts"],
        failed_at=row["finished_at"] or row["created_at"],
        error=row["error"] or "",
    )
