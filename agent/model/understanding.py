"""What the engine makes of a message, and where it is routed."""

from typing import Any

from agent.model.money import Money
from agent.model.orders import Address
from agent.model.value import Value
from agent.model.words import (
    Category,
    DeliveryOption,
    EngineStep,
    Intent,
    Lane,
    OrderAction,
    Priority,
    SentimentLabel,
    Tone,
    Topic,
)


class Entities(Value):
    """What could be read out of a message; None where it is not in there."""

    order_number: str | None = None
    amount: Money | None = None
    email: str | None = None
    address: Address | None = None
    delivery: DeliveryOption | None = None


class Classification(Value):
    """What a message is about.

    `scores` holds one probability per intent and sums to 1; every confidence lies in 0..1. `language` is an ISO 639-1
    code, None where the message is too short to tell; `order_action` is what the customer wants done if the message is
    about an order of theirs.
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
    language: str | None = None
    order_action: OrderAction = "other"


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


class CitedSentence(Value):
    """A sentence, or a step of a list, with the ids of the chunks that it rests on."""

    text: str
    chunk_ids: tuple[str, ...]
    is_step: bool = False


class Answer(Value):
    """What an engine would answer; `confidence` is its own mark from 0 to 10. Nothing of it is checked yet."""

    sentences: tuple[CitedSentence, ...]
    confidence: float


class Grounded(Value):
    """An answer of which every sentence rests on a cited chunk; `dropped` are sentences that did not."""

    text: str
    citations: tuple[Citation, ...]
    confidence: float
    dropped: tuple[str, ...] = ()


class Handover(Value):
    """What a person who takes over reads first: what happened, what could be done, and a draft for the customer."""

    summary: str
    suggestion: str
    draft: str


class EngineCall(Value):
    """One step that an engine did, or could not do.

    `cost_usd` is None where the operator set no price for the model; `trouble` says why the step fell back to the
    embedded engine, and is empty where it did not.
    """

    step: EngineStep
    engine: str
    model: str = ""
    ms: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    trouble: str = ""


class FiredRule(Value):
    """A rule that applied in a turn, with what it looked at and the limit it compared with."""

    name: str
    effect: str
    inputs: dict[str, Any]
    threshold: float | str | None = None


class Routing(Value):
    """The decision record of one turn: which lane, and every rule that led there.

    `subject_rule` chose the lane that the subject alone leads to, as if nothing asked for a person; `rules_apply` is
    false for a courtesy or a bare yes, at which no rule on mood or subject looks; `understood` is true for those and
    for answers to the desk's own question, whatever the classifier says. Records of past releases have none of them.
    """

    lane: Lane
    rules: tuple[FiredRule, ...]
    priority: Priority
    tone: Tone
    subject_rule: str = ""
    rules_apply: bool = True
    understood: bool = False
