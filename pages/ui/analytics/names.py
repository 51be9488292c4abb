"""Names of groups as people read them."""

from pages.ui.words import LANGUAGE, in_words

INTENT = {"faq": "Question", "order": "Order", "refund": "Refund", "issue": "Issue", "unknown": "Unclear"}
LANE = {**INTENT, "escalation": "Hand-over"}
SPECIAL = {"asked": "Asked back", "hit": "In time", "sla": "SLA", "api": "API", **LANGUAGE}


def word(label: str) -> str:
    """A group's name for people."""
    return INTENT.get(label) or SPECIAL.get(label) or in_words(label).capitalize()
