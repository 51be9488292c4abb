"""Thresholds, rules and their values as people read them."""

from collections.abc import Mapping
from typing import Any

from agent import Policy, Role, SavedPolicy, policy_differences
from pages.ui.analytics.names import word
from pages.ui.queue.queue_words import REASON
from pages.ui.words import in_words

CALIBRATORS: tuple[Role, ...] = ("analyst", "lead", "admin")
"""Who works with thresholds; the desk asks anew for every deed."""

FIELD: Mapping[str, str] = {
    "name": "Name of the policy",
    "angry_escalates": "Angry customers go to a person",
    "low_score": "Low mood below",
    "low_score_turns": "Low moods in a row",
    "escalating_topics": "Topics that a person answers",
    "escalating_categories": "Categories that a person answers",
    "topic_confidence": "Sure enough of a topic from",
    "min_relevance": "Least relevance of the best article",
    "min_answer_confidence": "Least mark of an answer",
    "below_limits": "An answer below these limits",
    "uncertain_from": "Uncertain answers from relevance",
    "soft_review_margin": "Margin of soft review",
    "unknown_answered_from": "Answer the not understood from relevance",
    "low_confidence": "Unsure of the intent below",
    "low_confidence_turns": "Unsure turns in a row",
    "unknown_turns": "Turns not understood in a row",
    "four_eyes_above": "Two people for refunds above",
    "undo_seconds": "Seconds to call a decision back",
}

RULE: Mapping[str, str] = {
    **REASON,
    "lane_refund_decided_by_a_person": "refund",
    "lane_escalation": "objection to a denied refund",
    "as_it_was": "what the order lane did",
}

CHOICE: Mapping[str, str] = {"hand over": "Hand over", "state uncertainty": "State uncertainty"}


def field_name(field: str) -> str:
    """A threshold's name."""
    return FIELD.get(field, in_words(field).capitalize())


def rule_name(rule: str) -> str:
    """Why a turn goes to a person."""
    known = RULE.get(rule)
    if known is None:
        kind, _line, name = rule.partition("_")
        known = in_words(name if kind in {"topic", "category", "lane"} else rule)
    return known.capitalize()


def setting(value: Any) -> str:
    """A value of a threshold."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{word(str(key))}: {word(str(one))}" for key, one in value.items())
    if isinstance(value, (tuple, list)):
        return ", ".join(word(str(one)) for one in value) or "none"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").removesuffix(".").replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else CHOICE.get(str(value), str(value))


def changed(before: Policy, after: Policy) -> list[tuple[str, str]]:
    """Every field that differs, with "old → new"; lists tell only what came and what went."""
    return [(field_name(field), _moved(old, new)) for field, (old, new) in policy_differences(before, after).items()]


def changes_of(saved: SavedPolicy, before: SavedPolicy | None) -> list[tuple[str, str]]:
    """What a version changed; nothing for the first."""
    return changed(before.policy, saved.policy) if before is not None else []


def _moved(old: Any, new: Any) -> str:
    if isinstance(old, list) and isinstance(new, list):
        gone = [f"without {word(one)}" for one in old if one not in new]
        came = [f"with {word(one)}" for one in new if one not in old]
        return ", ".join([*came, *gone]) or "another order"
    return f"{setting(old)} → {setting(new)}"
