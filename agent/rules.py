"""Pure decisions: values and policy in, a verdict with the rules that fired out. No clock, no store, no chance."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
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
from agent.reading.replies import is_hello, is_no, is_thanks, is_yes, names_action
from agent.state import Streaks

AnswerRoute = Literal["answered", "uncertain", "review", "escalate"]

MOOD_TURNS = 10
"""Sentiment scores kept per thread; enough for every rule on a row of turns and for the trend a reviewer sees."""


def count_streaks(
    classification: Classification, before: Streaks, policy: Policy, *, understood_anyway: bool = False
) -> Streaks:
    """How many turns in a row were unsure or unknown, this one included.

    An answer to the desk's own question ("yes", "LF-10482") and a courtesy are understood whatever the classifier says.
    """
    if understood_anyway:
        return {"low_confidence": 0, "unknown": 0}
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


OPEN_TO_OTHERS = 0.8
"""Intent probability from which a message is taken for a subject of its own although an answer was awaited."""
ONE_WORD_ANSWER = 6
"""Words up to which a message is taken for the answer that was awaited."""


def answers_open_question(classification: Classification, awaiting: str | None, text: str) -> Lane | None:
    """The lane whose question this message answers, or None if it answers none."""
    entities = classification.entities
    if awaiting == "objection":  # to a denied refund; another wish is that wish
        return None if entities.order_number or entities.amount or is_settled(classification) else "escalation"
    if awaiting == "reviewer_question":
        return None if is_settled(classification) else "refund"
    if awaiting == "refund_details":
        return "refund" if entities.order_number is not None or entities.amount is not None else None
    if awaiting is None or not awaiting.startswith("order_"):
        return None
    if awaiting == "order_yes" and is_no(text) and _has_another_wish(classification, text):
        return None
    given = {
        "order_number": entities.order_number is not None or entities.email is not None,
        "order_proof": entities.order_number is not None or entities.email is not None,
        "order_details": entities.address is not None or entities.delivery is not None or is_no(text),
        "order_yes": is_yes(text, None) or is_no(text),
    }[awaiting]
    short = len(text.split()) <= ONE_WORD_ANSWER and classification.confidence < OPEN_TO_OTHERS
    return "order" if given or short or classification.intent in {"order", "unknown"} else None


def is_settled(classification: Classification) -> bool:
    """Whether the message is plainly about something that the desk answers by itself."""
    return classification.intent in {"faq", "order"} and classification.confidence >= OPEN_TO_OTHERS


def _has_another_wish(classification: Classification, text: str) -> bool:
    return (
        classification.intent in {"faq", "issue", "refund"}
        and classification.confidence >= OPEN_TO_OTHERS
        and len(text.split()) > ONE_WORD_ANSWER
    )


def is_courtesy(text: str) -> bool:
    """Whether the message is a mere thank-you or hello, or has no word in it: no lane has to work on it."""
    return is_thanks(text) or is_hello(text) or not any(char.isalnum() for char in text)


def cancels_first(classification: Classification, text: str) -> bool:
    """Whether money is asked back for an order that shall be cancelled: paying alone would send the goods as well.

    The order lane cancels what can be cancelled, and either way hands on to the refund's gate.
    """
    wishes = classification.intent == "refund" and classification.order_action == "cancel"
    return wishes and classification.entities.order_number is not None and names_action(text, "cancel")


def choose_lane(
    classification: Classification,
    escalations: Sequence[FiredRule],
    answered: Lane | None,
    *,
    courtesy: bool = False,
    text: str = "",
    refund_known: bool = False,
) -> tuple[Lane, FiredRule]:
    """The lane of this turn and the rule that chose it; `answered` is the lane whose question the message answers.

    `refund_known` says that the answer belongs to a refund that was made out before. A request for a person beats
    everything. A refund whose order or amount is known keeps its own gate even when other
    escalation rules fired: a person decides it anyway, with more facts than a hand-over has.
    """
    lane: Lane = answered or ("order" if cancels_first(classification, text) else classification.intent)
    entities = classification.entities
    inputs = {"intent": classification.intent, "confidence": classification.confidence, "answers": answered}
    if any(rule.name == "person_requested" for rule in escalations):
        return "escalation", FiredRule(name="lane_escalation", effect="lane", inputs=inputs)
    if lane == "refund" and (entities.order_number or entities.amount or refund_known):
        return "refund", FiredRule(name="lane_refund_decided_by_a_person", effect="lane", inputs=inputs)
    if escalations:
        return "escalation", FiredRule(name="lane_escalation", effect="lane", inputs=inputs)
    if courtesy:
        return "unknown", FiredRule(name="lane_courtesy", effect="lane", inputs=inputs)
    return lane, FiredRule(name=f"lane_{lane}", effect="lane", inputs=inputs)


def answer_instead(chosen: tuple[Lane, FiredRule], relevance: float, policy: Policy) -> tuple[Lane, FiredRule]:
    """The same lane, or faq for a message that was not understood and that an article very likely answers.

    Such a turn stays one that was not understood: the second in a row goes to a person all the same.
    """
    _lane, rule = chosen
    least = max(policy.unknown_answered_from, policy.min_relevance)
    if rule.name != "lane_unknown" or policy.unknown_answered_from >= 1 or relevance < least:
        return chosen
    inputs = {**rule.inputs, "relevance": round(relevance, 4)}
    return "faq", FiredRule(name="lane_faq_by_article", effect="lane", inputs=inputs, threshold=least)


RAISED: Mapping[Priority, Priority] = MappingProxyType({"normal": "high", "high": "urgent", "urgent": "urgent"})


def choose_priority(
    sentiment: Sentiment,
    classification: Classification,
    *,
    knowledge_gap: bool,
    policy: Policy,
    tier: str | None = None,
) -> Priority:
    """How soon a person has to look: angry or very low mood is urgent; a complaint, low mood or no answer is high.

    A customer of a raised tier comes one step sooner.
    """
    priority = _priority_of_the_case(sentiment, classification, knowledge_gap=knowledge_gap, policy=policy)
    return RAISED[priority] if tier in policy.raised_tiers else priority


def _priority_of_the_case(
    sentiment: Sentiment, classification: Classification, *, knowledge_gap: bool, policy: Policy
) -> Priority:
    if sentiment.label == "angry" or sentiment.score < policy.urgent_score:
        return "urgent"
    if classification.category == "complaint" or sentiment.score < policy.low_score or knowledge_gap:
        return "high"
    return "normal"


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


def choose_answer_route(
    relevance: float, answer_confidence: float, shortfalls: Sequence[FiredRule], policy: Policy
) -> AnswerRoute:
    """What happens to an answer: sent, sent with stated uncertainty, held for a look, or handed over."""
    if not shortfalls:
        return "review" if is_close_call(relevance, answer_confidence, policy) else "answered"
    if policy.below_limits == "state uncertainty" and relevance >= policy.uncertain_from and answer_confidence > 0:
        return "uncertain"
    return "escalate"


def is_close_call(relevance: float, answer_confidence: float, policy: Policy) -> bool:
    """Whether an answer clears the limits by less than the margin of soft review."""
    margin = policy.soft_review_margin
    near_relevance = relevance < policy.min_relevance + margin
    near_confidence = answer_confidence < policy.min_answer_confidence + 10 * margin
    return margin > 0 and (near_relevance or near_confidence)


def soft_review_rule(relevance: float, answer_confidence: float, policy: Policy) -> FiredRule:
    """Why an answer that clears every limit is held."""
    return FiredRule(
        name="soft_review",
        effect="review",
        inputs={"relevance": round(relevance, 4), "answer_confidence": round(answer_confidence, 2)},
        threshold=policy.soft_review_margin,
    )


def with_rules(routing: Routing, rules: Sequence[FiredRule], priority: Priority | None = None) -> Routing:
    """The same record with more rules, and another priority if one is given; known only once an answer was tried."""
    return routing.model_copy(update={"rules": (*routing.rules, *rules), "priority": priority or routing.priority})


def choose_after_assessment(*, ready: bool, asked_before: bool) -> Literal["decide", "ask", "escalate"]:
    """Where a refund goes: to the gate if there is something to decide, else one question, then a person."""
    if ready:
        return "decide"
    return "escalate" if asked_before else "ask"
