"""The built-in ticket desk's table."""

from sqlalchemy import Connection, RowMapping, insert, select

from agent.model import Ticket, TicketRequest
from agent.store.tables import tickets

FIRST_NUMBER = 1000


def find_ticket(connection: Connection, key: str) -> Ticket | None:
    """The ticket that was opened under this key."""
    row = connection.execute(select(tickets).where(tickets.c.key == key)).mappings().first()
    return None if row is None else _ticket(row)


def add_ticket(connection: Connection, request: TicketRequest, *, at: str) -> None:
    """Open a ticket."""
    connection.execute(insert(tickets).values(**request.model_dump(), status="open", opened_at=at))


def _ticket(row: RowMapping) -> Ticket:
    return Ticket(
        number=f"T-{FIRST_NUMBER + row['seq']}",
        thread_id=row["thread_id"],
        turn_id=row["turn_id"],
        kind=row["kind"],
        priority=row["priority"],
        subject=row["subject"],
        due_at=row["due_at"],
        status=row["status"],
    )
