"""The ticket desk."""

from typing import Protocol

from agent.model import Ticket, TicketRequest


class TicketDesk(Protocol):
    """Opens tickets for people to work on."""

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """A ticket with a number. The same `request.key` gives the same ticket, however often it is sent."""
        ...
