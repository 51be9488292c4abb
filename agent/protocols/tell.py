"""Tell: put what happened to tickets and reviews into the outbox, in the transaction in which it happened."""

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.model import Review
from agent.store import reviews, tickets
from agent.store.outbox import ReviewChange, TicketChange


def tell_ticket(office: Backoffice, connection: Connection, change: TicketChange, key: str, *, at: str) -> None:
    """Whoever wants to know learns what happened to the ticket."""
    ticket = tickets.ticket_state(connection, key=key)
    if ticket is not None:
        office.outside.outbox.tell_ticket(connection, change, ticket, at=at)


def tell_review(office: Backoffice, connection: Connection, change: ReviewChange, review: Review, *, at: str) -> None:
    """Whoever wants to know learns what happened to the review, as it stands now."""
    now = reviews.get_review(connection, review.review_id) if office.outside.outbox.urls else None
    if now is not None:
        office.outside.outbox.tell_review(connection, change, now, at=at)
