"""The built-in ticket desk: tickets are rows of the desk's own database."""

from agent.model import Ticket, TicketRequest
from agent.ports.clock import Clock
from agent.store.database import Database
from agent.store.tickets import add_ticket, find_ticket
from agent.timestamps import to_text


class BuiltinTicketDesk:
    """Opens tickets in the desk's own database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Keep tickets in this database."""
        self._database = database
        self._clock = clock

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """A ticket with a number. The same `request.key` gives the same ticket, however often it is sent."""
        with self._database.write() as connection:
            if find_ticket(connection, request.key) is None:
                add_ticket(connection, request, at=to_text(self._clock.now()))
            ticket = find_ticket(connection, request.key)
        assert ticket is not None  # noqa: S101  it was written in this transaction
        return ticket
