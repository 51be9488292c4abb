"""Park: a paused thread gets its row in the queue, in the same transaction as the reply until the decision."""

from uuid import NAMESPACE_URL, uuid5

from langgraph.types import StateSnapshot

from agent.backoffice import Backoffice, pending_interrupts
from agent.canonical import digest
from agent.errors import AlarmError
from agent.model import Evidence, Identity, Money, Review
from agent.observing.spans import current_traceparent
from agent.protocols.facts import keep_facts
from agent.protocols.finish import make_record, note_troubles
from agent.protocols.observe import turn_answered, turn_paused
from agent.protocols.progress import Progress, keep_lease
from agent.protocols.tell import tell_review
from agent.sorting import look_alike_key, main_reason
from agent.state import Json
from agent.store import events, inbox, replies, reviews, threads

CHECK_CHANNEL = "check case "
"""What the channel of a check case's thread begins with; its case follows."""

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
    with office.database.read() as connection:
        channel = threads.channel_of(connection, thread_id)
    if channel.startswith(CHECK_CHANNEL):
        review = review.model_copy(update={"check_case": channel.removeprefix(CHECK_CHANNEL)})
    at = office.now()
    progress.note("HITL_TRIGGERED", {"review_id": review.review_id, "kind": review.kind})
    reply = str(snapshot.values["reply"])
    note_troubles(progress, snapshot.values)
    progress.note("RESPONSE_COMPLETE", {"text": reply, "kind": "holding", "citations": []})
    record = {**make_record(office, snapshot.values, progress), "review_id": review.review_id}
    with office.database.write() as connection:
        keep_lease(office, thread_id, connection)
        if reviews.add_review(connection, review):
            tell_review(office, connection, "created", review, at=at)
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
        inbox.keep_trace(connection, turn_id, current_traceparent())
        keep_facts(connection, turn_id, record, outcome="review", at=at)
        inbox.move_messages(connection, thread_id, source="waiting", target="held", review_id=review.review_id)
        threads.set_status(connection, thread_id, "PAUSED_FOR_APPROVAL", at=at)
        events.add_events(connection, progress.unwritten())
    office.audit.anchor_head()
    received_at, ms = snapshot.values["received_at"], progress.elapsed_ms
    turn_answered(office, record, outcome="review", received_at=received_at, worked_ms=ms)
    turn_paused(office, record, review)
    return review


def park_second(office: Backoffice, review: Review, interrupt_id: str, progress: Progress) -> None:
    """The thread waits at its second gate; the review's row says so, and the turn goes on waiting. Safe to repeat."""
    at = office.now()
    progress.note("HITL_TRIGGERED", {"review_id": review.review_id, "kind": review.kind, "seat": 2})
    with office.database.write() as connection:
        keep_lease(office, review.thread_id, connection)
        reviews.set_second_gate(connection, review.review_id, interrupt_id)
        threads.set_status(connection, review.thread_id, "AWAITING_SECOND_REVIEWER", at=at)
        events.add_events(connection, progress.unwritten())


def _review(office: Backoffice, thread_id: str, turn_id: str, interrupt_id: str, payload: Json) -> Review:
    evidence = Evidence.model_validate(payload["evidence"])
    amount = Money.model_validate(payload["amount"]) if payload["amount"] else None
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
        amount=amount,
        recommendation=payload["evidence"]["recommendation"],
        payload=payload,
        payload_sha256=digest(payload),
        graph_version=office.structure.version,
        team=payload.get("team", "billing"),
        reason=main_reason(evidence),
        look_alike=look_alike_key(evidence, amount, payload.get("four_eyes_above")),
    )
