"""What is kept about every turn, so that figures can be made and other thresholds tried later."""

from typing import Literal

from pydantic import Field

from agent.model.value import Value
from agent.model.words import Category, Intent, Lane, Priority, SentimentLabel, Tone, Topic

Outcome = Literal["answered", "uncertain", "asked", "review", "failed"]
"""What the customer got first: an answer, one with stated uncertainty, a question, word of a review, an apology."""


class TurnFacts(Value):
    """One turn as it was found and routed; times are UTC texts, `node_ms` milliseconds per node.

    `relevance` is the best article's, `answer_confidence` the engine's mark for its answer from 0 to 10; both are None
    where nobody looked. `settled_at` is None while a review of the turn is not carried out. `subject_rule`,
    `rules_apply` and `understood` are those of `Routing`.
    """

    turn_id: str
    thread_id: str
    customer_id: str
    channel: str
    received_at: str
    answered_at: str
    settled_at: str | None
    outcome: Outcome
    lane: Lane | None = None
    subject_rule: str | None = None
    rules: tuple[str, ...] = ()
    rules_apply: bool = True
    understood: bool = False
    language: str | None = None
    intent: Intent | None = None
    confidence: float | None = None
    topic: Topic | None = None
    topic_confidence: float | None = None
    category: Category | None = None
    category_confidence: float | None = None
    asks_for_person: bool | None = None
    sentiment: SentimentLabel | None = None
    score: float | None = None
    relevance: float | None = None
    answer_confidence: float | None = None
    priority: Priority | None = None
    tone: Tone | None = None
    cited: tuple[str, ...] = ()
    best_article: str | None = None
    engine: str = ""
    policy: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    node_ms: dict[str, float] = Field(default_factory=dict)
    demo: bool = False
