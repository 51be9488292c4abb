"""The ticket of a review as it stands now: the evidence is frozen, the ticket goes on."""

from agent import Desk, Review, TicketState
from pages.ui.blocks import Block, Tone, facts


def ticket_blocks(ticket: TicketState | None) -> list[Block]:
    """The ticket's number and how far it is, here and at the outside desk; nothing without a ticket."""
    return [] if ticket is None else [facts([(f"Ticket {ticket.number}", *_standing(ticket))])]


def ticket_of(desk: Desk, review: Review) -> TicketState | None:
    """The ticket that a review's case has, if it has one."""
    number = review.evidence.ticket_number
    return desk.dispatch.ticket(number) if number else None


def _standing(ticket: TicketState) -> tuple[str, Tone]:
    if ticket.status == "solved":
        return f"solved at {ticket.desk}" if ticket.desk else "solved", "good"
    if ticket.desk is None:
        return "open", "info"
    if ticket.desk_number is not None:
        return f"{ticket.desk_number} at {ticket.desk}, {ticket.desk_status}", "info"
    if ticket.delivery == "failed":
        return f"not at {ticket.desk}: {ticket.error}", "bad"
    return f"on its way to {ticket.desk}", "warn"
