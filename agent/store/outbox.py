"""The outbox: what happened is kept for other systems in the transaction in which it happened, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

from sqlalchemy import Connection

from agent.model import Review, TicketLetter, TicketRequest, TicketState
from agent.reading.masking import mask
from agent.state import Json
from agent.store.deliveries import add_delivery

ReviewChange = Literal["created", "decided", "reopened", "applied", "expired"]
TicketChange = Literal["created", "failed", "closed"]


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Who is told: an outside ticket desk, and addresses for webhooks.

    `with_content` adds what customers wrote to webhooks, which else hold ids, kinds, states, times and amounts.
    """

    desk: str | None = None
    urls: Sequence[str] = ()
    with_content: bool = False

    def send_ticket(self, connection: Connection, request: TicketRequest, letter: TicketLetter, *, at: str) -> None:
        """Bring a ticket to the outside desk, if there is one."""
        if self.desk is None:
            return
        add_delivery(
            connection,
            delivery_id=f"ticket:{request.key}",
            kind="ticket",
            target=self.desk,
            about=request.key,
            thread_id=request.thread_id,
            turn_id=request.turn_id,
            body=letter.model_dump(mode="json"),
            at=at,
        )

    def tell_ticket(self, connection: Connection, change: TicketChange, ticket: TicketState, *, at: str) -> None:
        """Tell what happened to a ticket."""
        told: Json = {
            "ticket": ticket.number,
            "thread_id": ticket.thread_id,
            "kind": ticket.kind,
            "status": ticket.status,
            "priority": ticket.priority,
            "due_at": ticket.due_at,
            "desk": ticket.desk,
            "desk_number": ticket.desk_number,
        }
        if self.with_content:
            told |= {"subject": ticket.subject, "error": ticket.error}
        self._tell(connection, f"ticket.{change}", told, about=ticket.number, thread_id=ticket.thread_id, at=at)

    def tell_review(self, connection: Connection, change: ReviewChange, review: Review, *, at: str) -> None:
        """Tell what happened to a review."""
        told: Json = {
            "review_id": review.review_id,
            "thread_id": review.thread_id,
            "kind": review.kind,
            "status": review.status,
            "priority": review.priority,
            "due_at": review.due_at,
            "amount": review.amount.model_dump(mode="json") if review.amount else None,
        }
        if self.with_content:
            told |= {"request": mask(review.evidence.request), "summary": mask(review.evidence.summary)}
        self._tell(connection, f"review.{change}", told, about=review.review_id, thread_id=review.thread_id, at=at)

    def _tell(self, connection: Connection, event: str, told: Json, *, about: str, thread_id: str, at: str) -> None:
        for url in self.urls:
            add_delivery(
                connection,
                delivery_id=f"msg_{uuid4().hex}",
                kind="webhook",
                target=url,
                about=about,
                thread_id=thread_id,
                turn_id=None,
                body={"type": event, "timestamp": at, "data": told},
                at=at,
            )
