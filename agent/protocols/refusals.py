"""What cannot be decided, by whom and why; nothing is stored here."""

from agent.backoffice import Backoffice
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from agent.model import Decision, Money, RefundFacts, Review, StoredDecision
from agent.names import as_spelled, subject_key
from agent.protocols.receive import clean_text
from agent.refund_rules import payable_limit
from agent.timestamps import for_people


def refuse_closed(office: Backoffice, review: Review, subject: str, seen_sha256: str | None) -> None:
    """Say why a review cannot be decided by this person now; return if it can."""
    if not review.is_open:
        when = for_people(review.decided_at) if review.decided_at else "an unknown time"
        message = (
            f"Review {review.review_id} was already decided by {review.decided_by}, at {when}: "
            f"{review.decided_action}. Your decision was not taken."
        )
        raise ConflictError(message)
    now = office.now()
    if review.expires_at <= now:
        message = f"Review {review.review_id} expired at {for_people(review.expires_at)}; nothing was decided or paid."
        raise ConflictError(message)
    if review.first is not None and subject_key(review.first.subject) == subject_key(subject):
        message = f"{review.first.subject} approved this first; a different person has to confirm. Nothing was decided."
        raise ForbiddenError(message)
    if review.claimed_by not in {None, as_spelled(review.claimed_by, subject)} and (review.claimed_until or "") > now:
        until = for_people(review.claimed_until or now)
        message = (
            f"Review {review.review_id} is claimed by {review.claimed_by} until {until}; "
            "nothing was decided. Ask them, or a lead, to release it."
        )
        raise ConflictError(message)
    if seen_sha256 is not None and seen_sha256 != review.seen_sha256:
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
    if cleaned.action not in review.allowed_actions:
        _refuse("A second person confirms what the first decided, or denies it; deny it to have it decided anew.")
    if review.kind == "refund":
        return _checked_refund(review, cleaned)
    if cleaned.amount is not None:
        _refuse("This review has no amount.")
    if cleaned.action == "edit" and not cleaned.reply:
        _refuse("An edited draft needs its text.")
    return cleaned


def _checked_refund(review: Review, decision: Decision) -> Decision:
    if decision.action == "deny":
        _check_denial(decision)
    if decision.amount is not None and decision.action not in {"approve", "edit"}:
        _refuse(f"To {decision.action} pays nothing: leave the amount out.")
    facts = review.evidence.refund
    if decision.action not in {"approve", "edit"} or facts is None:
        return decision
    if review.first is not None:
        return _confirmed(review.first, decision)
    amount = decision.amount or facts.proposed
    if decision.action == "approve" and amount != facts.proposed:
        _refuse(f"An approval pays {facts.proposed}; use edit to change the amount.")
    if decision.action == "edit" and decision.amount is None and decision.reply is None:
        _refuse("An edit needs another amount or a reply.")
    _check_amount(amount, facts)
    return decision.model_copy(update={"amount": amount})


def _check_denial(decision: Decision) -> None:
    if decision.reason is None:
        _refuse("A denial needs a reason code.")
    if decision.reason == "other" and not (decision.note or decision.reply):
        _refuse("The reason 'other' needs a text.")


def _confirmed(first: StoredDecision, decision: Decision) -> Decision:
    """What the first person decided, word for word."""
    if decision.amount not in {None, first.amount} or decision.reply not in {None, first.reply}:
        _refuse(f"A confirmation pays {first.amount}, exactly as {first.subject} decided.")
    return decision.model_copy(update={"amount": first.amount, "reply": first.reply})


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
