"""Park: a paused thread gets its row in the queue, in the same transaction as the reply until the decision."""

from uuid import NAMESPACE_URL, uuid5

from langgraph.types import StateSnapshot

from agent.backoffice import Backoffice, pending_interrupts
from agent.canonical import digest
from agent.errors import AlarmError
from agent.model import Identity, Money, Review
from agent.protocols.finish import make_record, note_troubles
from agent.protocols.progress import Progress, keep_lease
from agent.state import Json
from agent.store import events, inbox, replies, reviews, threads

DESK = Identity(subject="desk", role="system", source="desk")
"""Who acts when no person does."""


def park(office: Backoffice, thread_id: str, turn_id: str, snapshot: StateSnapshot, progress: Progress) -> Review:
    """One review row for the pending interrupt; messages that were waiting are held behind it. Safe to repeat."""
    interrupts = pending_interrupts(snapshot)
    if len(interrupts) != 1:
        message = f"Thread {thread_id} has {len(interrupts)} pending interrupts instead of one; it stays paused."
        raise AlarmError(message)
    ((interrupt_id, payload),) = interrupts.items()
    review = _review(office, thread_id, turn_id, interrupt_id, dict(payload))
    at = office.now()
    progress.note("HITL_TRIGGERED", {"review_id": review.review_id, "kind": review.kind})
    reply = str(snapshot.values["reply"])
    note_troubles(progress, snapshot.values)
    progress.note("RESPONSE_COMPLETE", {"text": reply, "kind": "holding", "citations": []})
    record = {**make_record(office, snapshot.values, progress.timings), "review_id": review.review_id}
    with office.database.write() as connection:
        keep_lease(office, thread_id, connection)
        if reviews.add_review(connection, review):
            office.audit.append(
                connection,
                identity=DESK,
                action="review_opened",
                at=at,
                thread_id=thread_id,
                review_id=review.review_id,
                detail={"kind": review.kind, "payload_sha256": review.payload_sha256},
            )
        replies.add_reply(
            connection,
            reply_id=f"{turn_id}:holding",
            thread_id=thread_id,
            turn_id=turn_id,
            who="agent",
            author="agent",
            text=reply,
            citations=(),
            at=at,
        )
        inbox.finish_turn(connection, turn_id, status="paused", record=record, at=at, review_id=review.review_id)
        inbox.move_messages(connection, thread_id, source="waiting", target="held", review_id=review.review_id)
        threads.set_status(connection, thread_id, "PAUSED_FOR_APPROVAL", at=at)
        events.add_events(connection, progress.unwritten())
    office.audit.anchor_head()
    return review


def _review(office: Backoffice, thread_id: str, turn_id: str, interrupt_id: str, payload: Json) -> Review:
    return Review(
        review_id=str(uuid5(NAMESPACE_URL, f"{thread_id}:{interrupt_id}")),
        thread_id=thread_id,
        turn_id=turn_id,
        interrupt_id=interrupt_id,
        kind=payload["kind"],
        status="pending",
        priority=payload["priority"],
        due_at=payload["due_at"],
        expires_at=payload["expires_at"],
        created_at=office.now(),
        requester=payload["requester"],
        amount=Money.model_validate(payload["amount"]) if payload["amount"] else None,
        recommendation=payload["evidence"]["recommendation"],
        payload=payload,
        payload_sha256=digest(payload),
        graph_version=office.structure.version,
    )
