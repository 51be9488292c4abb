"""Decide: one transaction with a compare-and-set and an audit entry. Exactly one decision per seat can win."""

from datetime import timedelta

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, ForbiddenError, UnknownReviewError
from agent.model import (
    Action,
    Change,
    Decision,
    EventType,
    Identity,
    Review,
    ReviewStatus,
    StoredDecision,
)
from agent.names import as_spelled, subject_key
from agent.proposals import needs_second
from agent.protocols.authority import DECIDERS, authorise
from agent.protocols.check_cases import close_check_case, forget_checkpoints
from agent.protocols.observe import note_decision
from agent.protocols.park import DESK
from agent.protocols.refusals import checked_decision, refuse_closed
from agent.protocols.tell import tell_review
from agent.state import Json
from agent.store import claims, decisions, events, reviews
from agent.timestamps import later

STATUS_AFTER: dict[Action, ReviewStatus] = {
    "approve": "approved",
    "edit": "edited",
    "deny": "denied",
    "respond": "responded",
    "take-over": "taken_over",
}


def decide(
    office: Backoffice,
    review_id: str,
    decision: Decision,
    identity: Identity,
    *,
    held: bool = False,
    batch: str = "",
    request_id: str = "",
) -> Review:
    """Take the decision down; it is applied to the thread afterwards, by any process.

    With `held` it can be called back until the policy's undo window has passed. `batch` names the batch that it is
    part of, for the record; `request_id` is the sender's id, under which `Following.decided_under` finds it. Raises
    UnknownReviewError, ForbiddenError, InvalidDecisionError, or ConflictError if somebody was faster, the review
    expired, is claimed by somebody else, or is not what was seen; nothing is decided then.
    """
    review = get_review(office, review_id)
    _refuse_own_request(office, review, identity.subject)
    at = office.now()
    policy = office.policy()
    # whoever takes over goes on at once: there is nothing that waiting would protect
    wait = timedelta(seconds=policy.undo_seconds if held and decision.action != "take-over" else 0)
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "decide reviews")
        review = reviews.get_review(connection, review_id) or review
        refuse_closed(office, review, who.subject, decision.seen_sha256)
        checked = checked_decision(review, decision, policy.max_message_chars)
        stored = _stored(connection, review, checked, who, at)
        won = reviews.close_review(
            connection,
            review,
            status=_status_after(review, stored),
            subject=who.subject,
            claimant=as_spelled(review.claimed_by, who.subject),
            action=stored.action,
            at=at,
            held_until=later(at, wait) if wait and review.check_case is None else None,
        )
        if not won:
            message = f"Review {review_id} changed at the same moment; nothing was decided. Look at it again."
            raise ConflictError(message)
        decisions.add_decision(connection, stored)
        detail = stored.model_dump(mode="json", exclude={"review_id", "subject", "role", "source"})
        detail = _with_batch(detail, batch)
        _note(office, connection, review, who, action=stored.action, at=at, detail=detail, request_id=request_id)
        tell_review(office, connection, "decided", review, at=at)
        if review.check_case is not None:
            close_check_case(connection, review, at=at)
        # as this decision left it: a moment later somebody may have called it back
        decided = reviews.get_review(connection, review_id) or review
    if review.check_case is not None:
        forget_checkpoints(office, review.thread_id)
    office.audit.anchor_head()
    note_decision(office, review, who, stored.action)
    return decided


def call_back(office: Backoffice, review_id: str, identity: Identity) -> Review:
    """Take one's own decision back while it waits; the review is open again. Raises ConflictError if it is too late."""
    review = get_review(office, review_id)
    at = office.now()
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "call decisions back")
        review = reviews.get_review(connection, review_id) or review
        if not reviews.reopen_review(connection, review, subject=as_spelled(review.decided_by, who.subject)):
            raise ConflictError(_too_late(review, who.subject))
        seat = 2 if review.first is not None and review.status != "awaiting_second" else 1
        decisions.withdraw(connection, review_id, seat, at=at)
        detail: Json = {"seat": seat, "payload_sha256": review.payload_sha256}
        _note(office, connection, review, who, action="called_back", at=at, detail=detail, event="HITL_CALLED_BACK")
        tell_review(office, connection, "reopened", review, at=at)
        reopened = reviews.get_review(connection, review_id) or review
    office.audit.anchor_head()
    note_decision(office, review, who, "called_back")
    return reopened


def carry_out_now(office: Backoffice, review_id: str, identity: Identity) -> Review:
    """End the wait of one's own decision; raises ConflictError if it does not wait any more."""
    review = get_review(office, review_id)
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "carry decisions out")
        review = reviews.get_review(connection, review_id) or review
        subject = as_spelled(review.decided_by, who.subject)
        if not reviews.hold_no_longer(connection, review_id, subject=subject, at=office.now()):
            raise ConflictError(_too_late(review, who.subject))
        return reviews.get_review(connection, review_id) or review


def _too_late(review: Review, subject: str) -> str:
    if review.decided_by is not None and subject_key(review.decided_by) != subject_key(subject):
        return f"Review {review.review_id} was decided by {review.decided_by}, not by you; nothing was changed."
    return f"The decision on review {review.review_id} does not wait any more; nothing was changed."


def expire(office: Backoffice, review_id: str) -> None:
    """Close a review that nobody decided in time: nothing is paid, and the customer is told."""
    at = office.now()
    with office.database.write() as connection:
        review = reviews.get_review(connection, review_id) or get_review(office, review_id)
        closed = review.is_open and reviews.close_review(
            connection, review, status="expired", subject=DESK.subject, action="expire", at=at
        )
        if closed:
            blank = Decision(action="deny", reason="other", note="Nobody decided in time.")
            stored = _stored(connection, review, blank, DESK, at).model_copy(update={"action": "expire"})
            decisions.add_decision(connection, stored)
            _note(office, connection, review, DESK, action="expire", at=at, detail={"seat": stored.seat})
            tell_review(office, connection, "expired", review, at=at)
            if review.check_case is not None:
                close_check_case(connection, review, at=at)
    if closed and review.check_case is not None:
        forget_checkpoints(office, review.thread_id)
    office.audit.anchor_head()
    if closed:
        note_decision(office, review, DESK, "expire")


def _status_after(review: Review, decision: StoredDecision) -> ReviewStatus:
    action: Action = "deny" if decision.action == "expire" else decision.action
    if review.kind != "refund" and action == "deny":
        return "rejected"
    if review.status == "pending" and needs_second(review.payload, decision):
        return "awaiting_second"
    return STATUS_AFTER[action]


def _stored(connection: Connection, review: Review, decision: Decision, identity: Identity, at: str) -> StoredDecision:
    taken = decisions.stored(review.review_id, decision, identity, payload_sha256=review.payload_sha256, at=at)
    return taken.model_copy(
        update={
            "seat": 1 if review.first is None else 2,
            "seen_at": claims.first_view(connection, review.review_id, identity.subject),
            "changes": _changes(review, decision),
        }
    )


def _changes(review: Review, decision: Decision) -> tuple[Change, ...]:
    """What differs from what was proposed, so that it can be shown a year later."""
    if review.first is not None or decision.action != "edit":
        return ()
    changes = []
    if decision.amount is not None and review.amount is not None and decision.amount != review.amount:
        changes.append(Change(what="amount", before=str(review.amount), after=str(decision.amount)))
    if decision.reply is not None and decision.reply != review.evidence.draft:
        changes.append(Change(what="reply", before=review.evidence.draft, after=decision.reply))
    return tuple(changes)


def _with_batch(detail: Json, batch: str) -> Json:
    return {**detail, "batch": batch} if batch else detail


def _note(  # noqa: PLR0913  one keyword per fact
    office: Backoffice,
    connection: Connection,
    review: Review,
    identity: Identity,
    *,
    action: str,
    at: str,
    detail: Json,
    event: EventType = "HITL_RESOLVED",
    request_id: str = "",
) -> None:
    office.audit.append(
        connection,
        identity=identity,
        action=action,
        at=at,
        thread_id=review.thread_id,
        review_id=review.review_id,
        detail=detail,
    )
    resolved = events.NewEvent(
        thread_id=review.thread_id,
        turn_id=review.turn_id,
        type=event,
        at=at,
        payload={
            "review_id": review.review_id,
            "action": action,
            "by": identity.subject,
            **({"request_id": request_id} if request_id else {}),
        },
    )
    events.add_events(connection, [resolved])


def _refuse_own_request(office: Backoffice, review: Review, subject: str) -> None:
    """Customers who work here too sign in by the e-mail address that the shop knows them by."""
    customer = office.services.orders.get_user(review.requester)
    refund = review.evidence.refund
    owner = office.services.orders.get_user(refund.order.customer_id) if refund and refund.order else None
    names = {subject_key(review.requester)}
    names |= {subject_key(name) for each in (customer, owner) if each for name in (each.customer_id, each.email)}
    if subject_key(subject) in names:
        message = "Nobody decides on their own request; nothing was decided. Ask a colleague."
        raise ForbiddenError(message)


def get_review(office: Backoffice, review_id: str) -> Review:
    """The review; raises UnknownReviewError."""
    review = None
    if review_id.isprintable():  # half a surrogate pair, for one, cannot even be looked up
        with office.database.read() as connection:
            review = reviews.get_review(connection, review_id)
    if review is None:
        shown = ascii(review_id[:60])
        message = f"There is no review {shown}; nothing was decided. `approvals` lists the open ones."
        raise UnknownReviewError(message)
    return review
