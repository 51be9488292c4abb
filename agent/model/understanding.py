"""What the engine makes of a message, and where it is routed."""

from typing import Any

from agent.model.money import Money
from agent.model.value import Value
from agent.model.words import Category, Intent, Lane, Priority, SentimentLabel, Tone, Topic


class Entities(Value):
    """What could be read out of a message; None where it is not in there."""

    order_number: str | None = None
    amount: Money | None = None
    email: str | None = None


class Classification(Value):
    """What a message is about.

    `scores` holds one probability per intent and sums to 1; every confidence lies in 0..1.
    """

    intent: Intent
    confidence: float
    scores: dict[Intent, float]
    topic: Topic
    topic_confidence: float
    category: Category
    category_confidence: float
    asks_for_person: bool
    person_confidence: float
    entities: Entities


class Sentiment(Value):
    """How the customer feels: `score` from -1.0 (furious) to 1.0 (delighted), with the signals it rests on."""

    label: SentimentLabel
    score: float
    confidence: float
    signals: tuple[str, ...] = ()


class Hit(Value):
    """One chunk of an article that may answer the question.

    `similarity` is the raw cosine; `relevance` is that similarity calibrated to the probability, 0..1, that the
    article answers the question.
    """

    chunk_id: str
    article_id: str
    title: str
    text: str
    similarity: float
    relevance: float


class Citation(Value):
    """The chunk that a sentence of an answer rests on."""

    article_id: str
    title: str
    chunk_id: str


class Answer(Value):
    """A grounded answer; `confidence` is the engine's own mark from 0 to 10."""

    text: str
    citations: tuple[Citation, ...]
    confidence: float


class FiredRule(Value):
    """A rule that applied in a turn, with what it looked at and the limit it compared with."""

    name: str
    effect: str
    inputs: dict[str, Any]
    threshold: float | str | None = None


class Routing(Value):
    """The decision record of one turn: which lane, and every rule that led there."""

    lane: Lane
    rules: tuple[FiredRule, ...]
    priority: Priority
    tone: Tone
