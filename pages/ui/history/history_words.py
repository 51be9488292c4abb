"""Past decisions in words."""

from agent import PastDecision
from pages.ui.blocks import Tone
from pages.ui.clock import span
from pages.ui.words import ACTION_DONE, DENIAL_REASON, in_words

ACTION_TONE: dict[str, Tone] = {
    "approve": "good",
    "edit": "good",
    "deny": "bad",
    "respond": "info",
    "take-over": "accent",
    "expire": "bad",
}

SOURCE = {
    "command-line": "command line",
    "demo-switch": "demo switch, no sign-in",
    "oidc": "sign-in",
    "api-key": "API key",
    "jwt": "API token",
    "session": "chat session",
    "desk": "the desk itself",
}

MINUTE_S = 60
OPEN = {"pending", "awaiting_second"}


def decision_id(past: PastDecision) -> str:
    """What the address calls this decision; one that was called back and its successor differ."""
    return f"{past.decision.review_id}@{past.decision.decided_at}"


def done(past: PastDecision) -> str:
    """What was decided, as one word or two."""
    action = past.decision.action
    if action == "deny" and past.kind != "refund":
        return "rejected"
    return "expired" if action == "expire" else ACTION_DONE.get(action, in_words(action))


def reason(past: PastDecision) -> str:
    """Why it was denied; empty if it was not."""
    code = past.decision.reason
    if code is None or past.decision.action != "deny":
        return ""
    return DENIAL_REASON.get(code, in_words(code)).removesuffix(" (say why)")


def seat(past: PastDecision) -> str:
    """Which of two people it was; empty where one is enough."""
    if past.decision.seat > 1:
        return "second person"
    return "first of two people" if past.review_status == "awaiting_second" and past.withdrawn_at is None else ""


def looked(seconds: float | None) -> str:
    """How long somebody looked at the evidence."""
    if seconds is None:
        return "not on a page"
    return f"{seconds:.0f} s" if seconds < MINUTE_S else span(int(seconds))


def is_revealed_check(past: PastDecision) -> bool:
    """Whether it may be said that this was a check case: never while somebody still has to decide it."""
    return past.is_check_case and past.review_status not in OPEN


def who(past: PastDecision) -> str:
    """Role, and where the identity was learnt."""
    return f"{past.decision.role}, {SOURCE.get(past.decision.source, past.decision.source)}"
