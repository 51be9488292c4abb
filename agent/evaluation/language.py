"""Measure an engine's intents, sentiments and escalations."""

from collections.abc import Sequence
from typing import Any, get_args

from agent.evaluation.datasets import Labelled
from agent.evaluation.metrics import Prediction, report
from agent.model import Classification, Intent, Sentiment
from agent.policy import Policy
from agent.ports.language import LanguageEngine
from agent.rules import escalation_rules
from agent.state import Streaks

INTENTS = get_args(Intent)
SENTIMENTS = ("positive", "neutral", "negative")
ESCALATION = ("escalate", "none")


def measure_intents(engine: LanguageEngine, messages: Sequence[Labelled]) -> dict[str, Any]:
    """How often the intent is right."""
    found = engine.classify([message.text for message in messages])
    return report(messages, [Prediction(label=one.intent, confidence=one.confidence) for one in found], INTENTS)


def measure_sentiment(engine: LanguageEngine, messages: Sequence[Labelled]) -> dict[str, Any]:
    """How often the mood is right, in three classes: angry counts as negative, in label and in prediction."""
    found = engine.gauge_sentiment([message.text for message in messages])
    merged = [message.model_copy(update={"label": _merged(message.label)}) for message in messages]
    predictions = [Prediction(label=_merged(one.label), confidence=one.confidence) for one in found]
    return report(merged, predictions, SENTIMENTS)


def _merged(label: str) -> str:
    return "negative" if label == "angry" else label


def measure_escalation(engine: LanguageEngine, messages: Sequence[Labelled], policy: Policy) -> dict[str, Any]:
    """How often the first message of a thread is handed over, or not, as it should be."""
    texts = [message.text for message in messages]
    predictions = [
        _escalates(classification, sentiment, policy)
        for classification, sentiment in zip(engine.classify(texts), engine.gauge_sentiment(texts), strict=True)
    ]
    return report(messages, predictions, ESCALATION)


def _escalates(classification: Classification, sentiment: Sentiment, policy: Policy) -> Prediction:
    streaks: Streaks = {"low_confidence": 0, "unknown": 0}
    rules = escalation_rules(classification, sentiment, [sentiment.score], streaks, policy)
    certainties = (classification.person_confidence, classification.topic_confidence, sentiment.confidence)
    return Prediction(label="escalate" if rules else "none", confidence=max(certainties) if rules else 0.0)
