"""What became of a review in one sentence, from what the desk knows: it says the same after a reload."""

from dataclasses import asdict, dataclass

from agent import Desk, DeskError, Review, ReviewSummary, subject_key
from pages.ui.blocks import Tone
from pages.ui.frontend import register
from pages.ui.present import at_time, seconds_left
from pages.ui.words import ACTION_DONE, REVIEW_KIND

_OUTCOME = register("outcome", css=("outcome.css",), js=("outcome.js",))

LONGEST_REPLY = 240
"""Characters of a reply that stand under the outcome; the conversation has all of it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A sentence with its tone.

    `until` is set while it can be called back: `running` leads the seconds that are left, `over` stands there after.
    """

    text: str = ""
    tone: Tone = ""
    detail: str = ""
    until: str | None = None
    running: str = ""
    over: str = ""


NONE_YET = Outcome()


def show_outcome(outcome: Outcome, *, total_s: float, key: str) -> None:
    """Draw it. Draw it empty while there is none: only a place that stood there before is read out when it changes."""
    left = max(seconds_left(outcome.until), 0.0) if outcome.until else 0.0
    data = {**asdict(outcome), "left": round(left * 1000), "total": round(total_s * 1000)}
    _OUTCOME(data=data, key=key)


def is_held_by(review: Review | ReviewSummary, subject: str) -> bool:
    """Whether this person's decision waits and can be called back."""
    held = review.held_until is not None and review.decided_by is not None
    return held and subject_key(review.decided_by or "") == subject_key(subject)


def held_outcome(review: Review | ReviewSummary, *, named: bool = False) -> Outcome:
    """What was decided, and what happens when the time is over; `named` says on what, away from its card."""
    done = f"{decided_word(review).capitalize()}."
    about = f"Refund of {review.amount}" if review.amount else REVIEW_KIND[review.kind].capitalize()
    return Outcome(
        text=f"{about}, {review.requester}: {done.lower()}" if named else done,
        tone="info",
        until=review.held_until,
        running=_running(review),
        over="It is being carried out.",
    )


def hurry_label(review: Review | ReviewSummary) -> str:
    """What the button says that ends the wait."""
    if review.status == "awaiting_second":
        return "Pass on now"
    return "Pay now" if pays(review) else "Send now"


def pays(review: Review | ReviewSummary) -> bool:
    """Whether the decision pays money."""
    return review.kind == "refund" and review.decided_action in {"approve", "edit"}


def decided_word(review: Review | ReviewSummary) -> str:
    """The decision in a word or two; a second approval confirms."""
    first = review.first if isinstance(review, Review) else None
    if first is not None and review.status != "awaiting_second" and review.decided_action == "approve":
        return "confirmed"
    return ACTION_DONE.get(review.decided_action or "", review.status)


def outcome_of(desk: Desk, review: Review, subject: str) -> Outcome:
    """What stands on the review's card: nothing while it is open, then the wait, then the result."""
    if review.held_until is not None and review.decided_by:
        return held_outcome(review) if is_held_by(review, subject) else _held_by_other(review)
    if review.is_open:
        return NONE_YET
    if review.decided_action == "expire":
        return Outcome(text="Expired: nobody decided in time, and nothing was paid.", tone="bad")
    who = f"{decided_word(review).capitalize()} by {review.decided_by}, {at_time(review.decided_at or '')}."
    if review.status != "applied":
        return Outcome(text=f"{who} It is being carried out.", tone="info")
    return _carried_out(desk, review, who)


def _running(review: Review | ReviewSummary) -> str:
    if review.status == "awaiting_second":
        return "Goes to a second person in"
    return "Paid in" if pays(review) else "The customer is told in"


def _held_by_other(review: Review) -> Outcome:
    until = at_time(review.held_until or "")
    return Outcome(
        text=f"{decided_word(review).capitalize()} by {review.decided_by}, who can call it back for a moment.",
        tone="info",
        detail=f"It counts from {until} on, at the latest.",
    )


def _carried_out(desk: Desk, review: Review, who: str) -> Outcome:
    if review.check_case is not None:
        return Outcome(text=who, tone="info")
    try:
        turns = desk.thread(review.thread_id).turns
    except DeskError:
        return Outcome(text=who, tone="info")
    record = next((turn.record for turn in turns if turn.turn_id == review.turn_id), {})
    result, reply = record.get("action_result"), str(record.get("reply") or "")
    told = f"{reply[:LONGEST_REPLY]}…" if len(reply) > LONGEST_REPLY else reply
    tone: Tone = "good" if pays(review) and str(result).startswith("Refund issued") else "info"
    if str(result).startswith("Refund not paid"):
        tone = "bad"
    said = f"{result}. " if result else ""
    return Outcome(text=f"{said}{who}", tone=tone, detail=f"The customer was told: {told}" if told else "")
