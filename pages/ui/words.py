"""The desk's states and roles in words for people, with the tone they are shown in."""

from collections.abc import Mapping

from agent import Role
from pages.ui.blocks import Tone

THREAD_STATUS: dict[str, tuple[str, Tone]] = {
    "OPEN": ("New", "info"),
    "RUNNING": ("Being worked on", "info"),
    "AWAITING_CUSTOMER": ("Waiting for the customer", "info"),
    "PAUSED_FOR_APPROVAL": ("Waiting for a decision", "warn"),
    "AWAITING_SECOND_REVIEWER": ("Waiting for a second person", "warn"),
    "WITH_PERSON": ("With a person", "accent"),
    "DONE": ("Answered", "good"),
    "EXPIRED": ("Closed, nobody decided in time", "bad"),
}

TURN_CHIP: dict[str, tuple[str, Tone]] = {
    "waiting": ("received", "info"),
    "running": ("being worked on", "info"),
    "held": ("waiting for the decision", "warn"),
    "paused": ("waits at the gate", "warn"),
    "with_person": ("read by a person", "accent"),
    "failed": ("could not be processed", "bad"),
}

REVIEW_STATUS: dict[str, tuple[str, Tone]] = {
    "pending": ("Open", "warn"),
    "awaiting_second": ("Needs a second person", "warn"),
    "approved": ("Approved", "good"),
    "edited": ("Approved with changes", "good"),
    "denied": ("Denied", "bad"),
    "responded": ("Answered by a person", "info"),
    "taken_over": ("Taken over", "accent"),
    "rejected": ("Rejected", "bad"),
    "expired": ("Expired, nothing was paid", "bad"),
    "applied": ("Carried out", "good"),
}

REVIEW_KIND: Mapping[str, str] = {"refund": "refund", "escalation": "escalation", "draft": "answer to check"}

LANGUAGE: Mapping[str, str] = {"en": "English", "es": "Spanish", "de": "German", "fr": "French"}

ACTION_DONE: dict[str, str] = {
    "approve": "approved",
    "edit": "approved with changes",
    "deny": "denied",
    "respond": "answered",
    "take-over": "taken over",
    "expire": "closed because nobody decided in time",
}

DENIAL_REASON: dict[str, str] = {
    "outside_window": "Outside the return window",
    "not_delivered": "Not delivered yet",
    "already_refunded": "Already refunded",
    "amount_exceeds_paid": "More than was paid",
    "not_refundable": "Items cannot be returned",
    "suspected_fraud": "Suspected fraud",
    "missing_information": "Information is missing",
    "other": "Other (say why)",
}

PRIORITY_TONE: dict[str, Tone] = {"urgent": "bad", "high": "warn", "normal": ""}
ADVICE_TONE: dict[str, Tone] = {"approve": "good", "deny": "bad", "look closer": "warn"}
MOOD_TONE: dict[str, Tone] = {"positive": "good", "neutral": "", "negative": "warn", "angry": "bad"}

ROLE_SCOPE: dict[Role, str] = {
    "stakeholder": "watches the desk work",
    "analyst": "reads the figures and sets thresholds",
    "reviewer": "decides refunds and escalations",
    "lead": "decides refunds and escalations",
    "admin": "sees and decides everything",
}


def in_words(name: str) -> str:
    """A name of the code as words: "take-over" and "handle_faq" lose their signs."""
    return name.replace("_", " ").replace("-", " ")
