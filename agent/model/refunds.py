"""What a refund is judged and paid by."""

from agent.model.money import Money
from agent.model.orders import Order, PastRefund
from agent.model.value import Value
from agent.model.words import Verdict


class Clause(Value):
    """One clause of the refund policy, judged; `fact` is what the verdict rests on, `source` where that was read."""

    id: str
    text: str
    verdict: Verdict
    fact: str
    source: str


class RefundFacts(Value):
    """The facts a refund is judged by, frozen before the gate. None means unknown, and is said as unknown."""

    asked: Money | None
    order: Order | None
    order_number: str | None
    paid: Money | None
    already_refunded: Money | None
    days_since_delivery: int | None
    proposed: Money
    past_refunds: tuple[PastRefund, ...] | None = None
    recent_refunds: int | None = None


class RefundRequest(Value):
    """A refund about which a reviewer asked the customer: what it was for, in whose words, and the question."""

    order_number: str | None
    amount: Money | None
    request: str
    question: str


class RefundPayment(Value):
    """A refund to be paid for an approved review; `limit` is the most the order allows, None if unknown."""

    review_id: str
    thread_id: str
    customer_id: str
    order_number: str | None
    amount: Money
    limit: Money | None
