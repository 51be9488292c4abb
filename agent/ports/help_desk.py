"""A ticket desk outside, such as Zendesk or ServiceNow."""

from typing import Protocol

from agent.model import DeskTicket, TicketChanges, TicketLetter


class HelpDesk(Protocol):
    """Where people work on tickets. Every method raises DeliveryError; only one that is raised may be tried again."""

    name: str
    """What people call it."""

    per_minute: int
    """Requests that it takes in a minute."""

    def close(self) -> None:
        """Give the connections back."""
        ...

    def create(self, letter: TicketLetter) -> DeskTicket:
        """Open the ticket there. After an error it may be there all the same: `find` it before trying again."""
        ...

    def find(self, key: str) -> DeskTicket | None:
        """The ticket with this external id; the oldest if there are more."""
        ...

    def changed(self, bookmark: str | None, since: str) -> TicketChanges:
        """Our tickets that changed after `bookmark`, which the last answer gave; without one, after the time `since`.

        Tickets that did not change may be among them.
        """
        ...
