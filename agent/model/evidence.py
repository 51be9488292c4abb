"""What a reviewer decides from."""

from typing import Literal

from agent.model.orders import Order, PastRefund
from agent.model.refunds import Clause, RefundFacts
from agent.model.understanding import Citation, FiredRule, Hit
from agent.model.value import Value
from agent.model.words import Recommendation


class SpokenLine(Value):
    """One line of a conversation; `who` is the customer or the agent."""

    who: Literal["customer", "agent"]
    text: str


class Evidence(Value):
    """What a reviewer decides from. It is frozen into the interrupt and never changes while the review is open.

    `question` is what a reviewer asked the customer before, `answer` what the customer said to it.
    """

    request: str
    question: str = ""
    answer: str = ""
    summary: str
    suggestion: str = ""
    recommendation: Recommendation
    reasons: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    refund: RefundFacts | None = None
    past_refunds: tuple[PastRefund, ...] = ()
    order: Order | None = None
    ticket_number: str | None = None
    draft: str = ""
    emotional_state: str = ""
    sentiment_scores: tuple[float, ...] = ()
    transcript: tuple[SpokenLine, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    rules: tuple[FiredRule, ...] = ()
