"""The desk's own tickets, each with what is known of it at the outside desk, if there is one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, select, update

from agent.model import DeskTicket, Ticket, TicketRequest, TicketState
from agent.store.tables import deliveries, tickets

FIRST_NUMBER = 1000
LONGEST_NUMBER = 12

BY_HAND = "created by hand"
"""What stands for a status of the outside desk's while only a person has told of the ticket there."""

_TOLD = {"key", "thread_id", "turn_id", "kind", "priority", "subject", "body", "due_at"}


def find_ticket(connection: Connection, key: str) -> Ticket | None:
    """The ticket that was opened under this key."""
    row = connection.execute(select(tickets).where(tickets.c.key == key)).mappings().first()
    return None if row is None else _ticket(row)


def add_ticket(connection: Connection, request: TicketRequest, *, desk: str | None, at: str) -> Ticket:
    """Open a ticket; `desk` names the outside desk that it goes to."""
    told = request.model_dump(include=_TOLD)
    connection.execute(insert(tickets).values(**told, status="open", opened_at=at, desk=desk))
    row = connection.execute(select(tickets).where(tickets.c.key == request.key)).mappings().one()
    return _ticket(row)


def keep_body(connection: Connection, key: str, body: str) -> None:
    """The whole text of a ticket; it holds the number, which is known once the ticket is there."""
    connection.execute(update(tickets).where(tickets.c.key == key).values(body=body))


def note_desk_ticket(connection: Connection, found: DeskTicket, *, at: str) -> bool:
    """Keep what the outside desk says of a ticket; True if it was just solved there."""
    now_solved = found.status == "solved"
    before = connection.execute(select(tickets.c.status).where(tickets.c.key == found.key)).scalar()
    values = {"desk_number": found.number, "desk_url": found.url, "desk_status": found.said, "status": found.status}
    changed = and_(tickets.c.key == found.key, tickets.c.desk_status.is_distinct_from(found.said))
    connection.execute(update(tickets).where(changed).values(**values, closed_at=at if now_solved else None))
    return now_solved and before == "open"


def follow_instead(connection: Connection, found: DeskTicket) -> None:
    """From now on this is the ticket there that is ours; its status is to be noted next."""
    values = {"desk_number": found.number, "desk_url": found.url, "desk_status": None}
    connection.execute(update(tickets).where(tickets.c.key == found.key).values(**values))


def ticket_state(connection: Connection, *, key: str = "", number: str = "") -> TicketState | None:
    """A ticket as it stands now, by its key or by its number."""
    chosen = tickets.c.seq == _seq_of(number) if number else tickets.c.key == key
    found = _states(connection, chosen)
    return found[0] if found else None


def states_of(connection: Connection, thread_id: str) -> Sequence[TicketState]:
    """The tickets of a thread, oldest first."""
    return _states(connection, tickets.c.thread_id == thread_id)


def oldest_open(connection: Connection, desk: str) -> str | None:
    """Since when a ticket is open at the outside desk; None if none is."""
    known = tickets.c.desk_number.is_not(None)
    chosen = select(func.min(tickets.c.opened_at)).where(tickets.c.desk == desk, known, tickets.c.status == "open")
    return connection.execute(chosen).scalar()


def _states(connection: Connection, chosen: ColumnElement[bool]) -> list[TicketState]:
    sent = and_(deliveries.c.about == tickets.c.key, deliveries.c.kind == "ticket")
    columns = (tickets, deliveries.c.status.label("delivery"), deliveries.c.error)
    rows = connection.execute(
        select(*columns).outerjoin(deliveries, sent).where(chosen).order_by(tickets.c.seq)
    ).mappings()
    names = set(TicketState.model_fields) - {"number"}
    return [TicketState.model_validate({"number": _number(row), **{name: row[name] for name in names}}) for row in rows]


def _seq_of(number: str) -> int:
    """The row that a number belongs to; none has -1."""
    tail = number.removeprefix("T-")
    return int(tail) - FIRST_NUMBER if tail.isdecimal() and len(tail) <= LONGEST_NUMBER else -1


def _number(row: RowMapping) -> str:
    return f"T-{FIRST_NUMBER + row['seq']}"


def _ticket(row: RowMapping) -> Ticket:
    return Ticket(
        number=_number(row),
        thread_id=row["thread_id"],
        turn_id=row["turn_id"],
        kind=row["kind"],
        priority=row["priority"],
        subject=row["subject"],
        due_at=row["due_at"],
        status=row["status"],
    )
