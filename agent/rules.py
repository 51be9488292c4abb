"""Pure decisions: values and policy in, a verdict with the rules that fired out. No clock, no store, no chance."""

from collections.abc import Sequence
from typing import Literal

from agent.model import (
    Classification,
    FiredRule,
    Lane,
    Priority,
    Routing,
    Sentiment,
    Tone,
)
from agent.policy import Policy
from agent.state import Streaks

MOOD_TURNS = 10
"""Sentiment scores kept per thread; enough for every rule on a row of turns and for the trend a reviewer sees."""


def count_streaks(classification: Classification, before: Streaks, policy: Policy) -> Streaks:
    """How many turns in a row were unsure or unknown, this one included."""
    unsure = classification.confidence < policy.low_confidence
    unknown = classification.intent == "unknown"
    return {
        "low_confidence": before["low_confidence"] + 1 if unsure else 0,
        "unknown": before["unknown"] + 1 if unknown else 0,
    }


def escalation_rules(
    classification: Classification, sentiment: Sentiment, mood: Sequence[float], streaks: Streaks, policy: Policy
) -> tuple[FiredRule, ...]:
    """Every rule that asks for a person; `mood` holds the scores of past turns and this one, oldest first."""
    rules = (
        _person_asked(classification),
        _angry(sentiment, policy),
        _low_mood(mood, policy),
        _topic(classification, policy),
        _category(classification, policy),
        _unsure(classification, streaks, policy),
        _unknown_again(streaks, policy),
    )
    return tuple(rule for rule in rules if rule is not None)


def _person_asked(classification: Classification) -> FiredRule | None:
    if not classification.asks_for_person:
        return None
    return FiredRule(
        name="person_requested",
        effect="escalate",
        inputs={"person_confidence": classification.person_confidence},
    )


def _angry(sentiment: Sentiment, policy: Policy) -> FiredRule | None:
    if not policy.angry_escalates or sentiment.label != "angry":
        return None
    return FiredRule(
        name="angry", effect="escalate", inputs={"label": sentiment.label, "score": sentiment.score}, threshold="angry"
    )


def _low_mood(mood: Sequence[float], policy: Policy) -> FiredRule | None:
    recent = list(mood[-policy.low_score_turns :])
    if len(recent) < policy.low_score_turns or any(score >= policy.low_score for score in recent):
        return None
    return FiredRule(name="low_mood", effect="escalate", inputs={"scores": recent}, threshold=policy.low_score)


def _topic(classification: Classification, policy: Policy) -> FiredRule | None:
    if classification.topic not in policy.escalating_topics:
        return None
    if classification.topic_confidence < policy.topic_confidence:
        return None
    return FiredRule(
        name=f"topic_{classification.topic}",
        effect="escalate",
        inputs={"topic": classification.topic, "confidence": classification.topic_confidence},
        threshold=policy.topic_confidence,
    )


def _category(classification: Classification, policy: Policy) -> FiredRule | None:
    if classification.category not in policy.escalating_categories:
        return None
    if classification.category_confidence < policy.topic_confidence:
        return None
    return FiredRule(
        name=f"category_{classification.category}",
        effect="escalate",
        inputs={"category": classification.category, "confidence": classification.category_confidence},
        threshold=policy.topic_confidence,
    )


def _unsure(classification: Classification, streaks: Streaks, policy: Policy) -> FiredRule | None:
    if streaks["low_confidence"] < policy.low_confidence_turns:
        return None
    return FiredRule(
        name="unsure_again",
        effect="escalate",
        inputs={"confidence": classification.confidence, "turns": streaks["low_confidence"]},
        threshold=policy.low_confidence,
    )


def _unknown_again(streaks: Streaks, policy: Policy) -> FiredRule | None:
    if streaks["unknown"] < policy.unknown_turns:
        return None
    return FiredRule(
        name="unknown_again",
        effect="escalate",
        inputs={"turns": streaks["unknown"]},
        threshold=float(policy.unknown_turns),
    )


def answers_refund_question(classification: Classification, awaiting: str | None) -> bool:
    """Whether the message brings the order or amount that a refund was waiting for."""
    brings_details = classification.entities.order_number is not None or classification.entities.amount is not None
    return awaiting == "refund_details" and brings_details


def choose_lane(
    classification: Classification, escalations: Sequence[FiredRule], awaiting: str | None
) -> tuple[Lane, FiredRule]:
    """The lane of this turn and the rule that chose it.

    A request for a person beats everything. A refund whose order or amount is known keeps its own gate even when other
    escalation rules fired: a person decides it anyway, with more facts than a hand-over has.
    """
    lane: Lane = "refund" if answers_refund_question(classification, awaiting) else classification.intent
    entities = classification.entities
    inputs = {"intent": classification.intent, "confidence": classification.confidence, "awaiting": awaiting}
    if any(rule.name == "person_requested" for rule in escalations):
        return "escalation", FiredRule(name="lane_escalation", effect="lane", inputs=inputs)
    if lane == "refund" and (entities.order_number or entities.amount):
        return "refund", FiredRule(name="lane_refund_decided_by_a_person", effect="lane", inputs=inputs)
    if escalations:
        return "escalation", FiredRule(name="lane_escalation", effect="lane", inputs=inputs)
    return lane, FiredRule(name=f"lane_{lane}", effect="lane", inputs=inputs)


def choose_priority(
    sentiment: Sentiment, classification: Classification, *, knowledge_gap: bool, policy: Policy
) -> Priority:
    """How soon a person has to look: angry or very low mood is urgent; a complaint, low mood or no answer is high."""
    if sentiment.label == "angry" or sentiment.score < policy.urgent_score:
        return "urgent"
    if classification.category == "complaint" or sentiment.score < policy.low_score or knowledge_gap:
        return "high"
    return "normal"


URGENT_WORDS = ("asap", "urgent", "immediately", "right away", "right now", "emergency", "as soon as possible", "today")
"""Words by which a customer says that it is urgent; compared in lower case."""


def is_urgent(text: str) -> bool:
    """Whether the customer says that it is urgent."""
    lowered = text.lower()
    return any(word in lowered for word in URGENT_WORDS)


def choose_tone(sentiment: Sentiment, *, urgent_words: bool) -> Tone:
    """The tone that the customer's mood asks for."""
    if sentiment.label == "angry":
        return "de-escalation"
    if urgent_words:
        return "urgent"
    if sentiment.label == "negative":
        return "empathetic"
    return "standard"


def is_knowledge_gap(relevance: float, policy: Policy) -> bool:
    """Whether the best article is too unlikely to answer; a question exactly at the limit is answered."""
    return relevance < policy.min_relevance


def answer_shortfalls(relevance: float, answer_confidence: float, policy: Policy) -> tuple[FiredRule, ...]:
    """Why an answer must not go out by itself; empty if it may."""
    rules = []
    if is_knowledge_gap(relevance, policy):
        rules.append(
            FiredRule(
                name="knowledge_gap",
                effect="escalate",
                inputs={"relevance": round(relevance, 4)},
                threshold=policy.min_relevance,
            )
        )
    if answer_confidence < policy.min_answer_confidence:
        rules.append(
            FiredRule(
                name="unsure_answer",
                effect="escalate",
                inputs={"answer_confidence": round(answer_confidence, 2)},
                threshold=policy.min_answer_confidence,
            )
        )
    return tuple(rules)


def with_rules(routing: Routing, rules: Sequence[FiredRule], priority: Priority) -> Routing:
    """The same record with more rules and the higher priority, for what is only known once an answer was tried."""
    return routing.model_copy(update={"rules": (*routing.rules, *rules), "priority": priority})


def choose_after_faq(*, confident: bool) -> Literal["answered", "escalate"]:
    """Where an answered question goes."""
    return "answered" if confident else "escalate"


def choose_after_assessment(*, ready: bool, asked_before: bool) -> Literal["decide", "ask", "escalate"]:
    """Where a refund goes: to the gate if there is something to decide, else one question, then a person."""
    if ready:
        return "decide"
    return "escalate" if asked_before else "ask"
