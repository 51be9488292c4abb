"""Decide: one transaction with a compare-and-set and an audit entry. Exactly one decision per review can win."""

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError, UnknownReviewError
from agent.model import Action, Decision, Identity, Money, RefundFacts, Review, ReviewStatus
from agent.protocols.park import DESK
from agent.protocols.receive import clean_text
from agent.refund_rules import payable_limit
from agent.state import Json
from agent.store import decisions, events, reviews
from agent.timestamps import for_people

DECIDERS = {"reviewer", "lead", "admin"}

STATUS_AFTER: dict[Action, ReviewStatus] = {
    "approve": "approved",
    "edit": "edited",
    "deny": "denied",
    "respond": "responded",
    "take-over": "taken_over",
}


def decide(office: Backoffice, review_id: str, decision: Decision, identity: Identity) -> Review:
    """Take the decision down; it is applied to the thread afterwards, by any process.

    Raises UnknownReviewError, ForbiddenError, InvalidDecisionError, or ConflictError if somebody was faster, the review
    expired or its evidence is not what was seen; nothing is decided then.
    """
    review = get_review(office, review_id)
    if identity.role not in DECIDERS:
        message = f"The role {identity.role} may not decide reviews; nothing was decided. Ask a reviewer."
        raise ForbiddenError(message)
    refuse_closed(office, review, identity.subject, decision.seen_sha256)
    checked = checked_decision(review, decision, office.services.policy.max_message_chars)
    status = STATUS_AFTER[decision.action]
    if review.kind != "refund" and decision.action == "deny":
        status = "rejected"
    return _close(office, review, checked, identity, status)


def expire(office: Backoffice, review_id: str) -> None:
    """Close a review that nobody decided in time: nothing is paid, and the customer is told."""
    review = get_review(office, review_id)
    at = office.now()
    with office.database.write() as connection:
        closed = reviews.close_review(
            connection,
            review_id,
            status="expired",
            payload_sha256=review.payload_sha256,
            subject=DESK.subject,
            action="expire",
            at=at,
        )
        if closed:
            blank = Decision(action="deny", reason="other", note="Nobody decided in time.")
            stored = decisions.stored(review_id, blank, DESK, payload_sha256=review.payload_sha256, at=at)
            decisions.add_decision(connection, stored.model_copy(update={"action": "expire"}))
            _note(office, connection, review, DESK, action="expire", at=at, detail={})
    office.audit.anchor_head()


def _close(office: Backoffice, review: Review, decision: Decision, identity: Identity, status: ReviewStatus) -> Review:
    at = office.now()
    with office.database.write() as connection:
        won = reviews.close_review(
            connection,
            review.review_id,
            status=status,
            payload_sha256=review.payload_sha256,
            subject=identity.subject,
            action=decision.action,
            at=at,
        )
        if won:
            stored = decisions.stored(review.review_id, decision, identity, payload_sha256=review.payload_sha256, at=at)
            decisions.add_decision(connection, stored)
            detail = stored.model_dump(mode="json", exclude={"review_id", "subject", "role", "source"})
            _note(office, connection, review, identity, action=decision.action, at=at, detail=detail)
    if not won:
        refuse_closed(office, get_review(office, review.review_id), identity.subject, decision.seen_sha256)
        message = f"Review {review.review_id} changed at the same moment; nothing was decided. Look at it again."
        raise ConflictError(message)
    office.audit.anchor_head()
    return get_review(office, review.review_id)


def _note(
    office: Backoffice,
    connection: Connection,
    review: Review,
    identity: Identity,
    *,
    action: str,
    at: str,
    detail: Json,
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
        type="HITL_RESOLVED",
        at=at,
        payload={"review_id": review.review_id, "action": action, "by": identity.subject},
    )
    events.add_events(connection, [resolved])


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


def refuse_closed(office: Backoffice, review: Review, subject: str, seen_sha256: str | None) -> None:
    """Say why a review cannot be decided by this person now; return if it can."""
    if review.status != "pending":
        when = for_people(review.decided_at) if review.decided_at else "an unknown time"
        message = (
            f"Review {review.review_id} was already decided by {review.decided_by}, at {when}: "
            f"{review.decided_action}. Your decision was not taken."
        )
        raise ConflictError(message)
    if review.expires_at <= office.now():
        message = f"Review {review.review_id} expired at {for_people(review.expires_at)}; nothing was decided or paid."
        raise ConflictError(message)
    if review.requester == subject:
        message = "Nobody decides on their own request; nothing was decided. Ask a colleague."
        raise ForbiddenError(message)
    if seen_sha256 is not None and seen_sha256 != review.payload_sha256:
        message = "The evidence is not what you were shown; nothing was decided. Load the review again."
        raise ConflictError(message)


def checked_decision(review: Review, decision: Decision, max_chars: int) -> Decision:
    """The decision with a cleaned reply and, for a payment, the exact amount; raises InvalidDecisionError."""
    cleaned = decision
    if decision.reply is not None:
        cleaned = cleaned.model_copy(update={"reply": clean_text(decision.reply, max_chars)})
    if decision.note:
        cleaned = cleaned.model_copy(update={"note": clean_text(decision.note, max_chars)})
    if cleaned.action == "respond" and not cleaned.reply:
        _refuse("A response needs its text.")
    if review.kind == "refund":
        return _checked_refund(review, cleaned)
    if cleaned.amount is not None:
        _refuse("This review has no amount.")
    if cleaned.action == "edit" and not cleaned.reply:
        _refuse("An edited draft needs its text.")
    return cleaned


def _checked_refund(review: Review, decision: Decision) -> Decision:
    if decision.action == "deny":
        if decision.reason is None:
            _refuse("A denial needs a reason code.")
        if decision.reason == "other" and not (decision.note or decision.reply):
            _refuse("The reason 'other' needs a text.")
    facts = review.evidence.refund
    if decision.action not in {"approve", "edit"} or facts is None:
        return decision
    amount = decision.amount or facts.proposed
    if decision.action == "approve" and amount != facts.proposed:
        _refuse(f"An approval pays {facts.proposed}; use edit to change the amount.")
    if decision.action == "edit" and decision.amount is None and decision.reply is None:
        _refuse("An edit needs another amount or a reply.")
    _check_amount(amount, facts)
    return decision.model_copy(update={"amount": amount})


def _check_amount(amount: Money, facts: RefundFacts) -> None:
    limit = payable_limit(facts)
    if amount.minor <= 0:
        _refuse(f"{amount} cannot be paid: the amount must be above zero.")
    if amount.currency != limit.currency:
        _refuse(f"{amount} cannot be paid: the order was paid in {limit.currency}.")
    if amount.minor > limit.minor:
        _refuse(f"{amount} cannot be paid: at most {limit} may go back.")


def _refuse(why: str) -> None:
    message = f"{why} Nothing was decided, and nothing was paid; the review is still open."
    raise InvalidDecisionError(message)
