"""The desk's own tickets: rows of its database, and what goes to an outside desk is put into the outbox with them."""

from agent.letters import Origin, ticket_letter
from agent.model import Ticket, TicketRequest
from agent.ports.clock import Clock
from agent.reading.masking import mask
from agent.store.database import Database
from agent.store.outbox import Outbox
from agent.store.threads import channel_of, customer_of
from agent.store.tickets import add_ticket, find_ticket, keep_body, ticket_state
from agent.timestamps import to_text


class BuiltinTicketDesk:
    """Opens tickets in the desk's own database, without waiting for any other system."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox | None = None, app_url: str = "") -> None:
        """Keep tickets in this database; `app_url` is where the app's pages are, for links in tickets."""
        self._database = database
        self._clock = clock
        self._outbox = outbox or Outbox()
        self._app_url = app_url

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """A ticket with a number. The same `request.key` gives the same ticket, however often it is sent."""
        masked = {"subject": mask(request.subject), "body": mask(request.body)}
        return self._open(request.model_copy(update=masked))

    def _open(self, request: TicketRequest) -> Ticket:
        with self._database.write() as connection:
            known = find_ticket(connection, request.key)
            if known is not None:
                return known
            at = to_text(self._clock.now())
            ticket = add_ticket(connection, request, desk=self._outbox.desk, at=at)
            origin = Origin(
                customer=customer_of(connection, request.thread_id) or "unknown",
                channel=channel_of(connection, request.thread_id) or "unknown",
                app_url=self._app_url,
            )
            letter = ticket_letter(request, ticket.number, origin)
            keep_body(connection, request.key, letter.body)
            self._outbox.send_ticket(connection, request, letter, at=at)
            state = ticket_state(connection, key=request.key) if self._outbox.urls else None
            if state is not None:
                self._outbox.tell_ticket(connection, "created", state, at=at)
        return ticket
