"""The refund policy as pure decisions: frozen facts in, clauses with verdicts and a recommendation out."""

from collections.abc import Sequence

from agent.model import Caller, Clause, Money, Order, Recommendation, RefundFacts, Verdict
from agent.policy import Policy


def judge_refund(facts: RefundFacts, caller: Caller, policy: Policy) -> tuple[Clause, ...]:
    """Each clause of the refund policy with its verdict and the fact that it rests on."""
    return (
        _clause_order_known(facts),
        _clause_owner(facts, caller),
        _clause_delivered(facts),
        _clause_window(facts, policy),
        _clause_not_refunded(facts),
        _clause_amount(facts),
        _clause_refundable(facts),
        _clause_usual(facts, policy),
    )


def _verdict(holds: bool | None) -> Verdict:  # noqa: FBT001  three-valued truth is the argument itself
    if holds is None:
        return "unknown"
    return "pass" if holds else "fail"


def _clause_order_known(facts: RefundFacts) -> Clause:
    number = facts.order_number
    holds = None if number is None else facts.order is not None
    fact = f"Order {number} " + ("found" if facts.order else "not found") if number else "No order number given"
    return Clause(id="order_known", text="The order exists", verdict=_verdict(holds), fact=fact, source="order store")


def _clause_owner(facts: RefundFacts, caller: Caller) -> Clause:
    if facts.order is None:
        holds, fact = None, "No order to compare with"
    elif facts.order.number in caller.proven:
        holds, fact = True, "The customer knows the order's number and e-mail address"
    elif caller.is_guest:
        holds, fact = None, "The customer is not signed in"
    else:
        holds = facts.order.customer_id == caller.customer_id
        fact = f"Order belongs to {facts.order.customer_id}, asked by {caller.customer_id}"
    return Clause(
        id="owner",
        text="The order is this customer's",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, sign-in",
    )


def _clause_delivered(facts: RefundFacts) -> Clause:
    holds = None if facts.order is None else facts.order.delivered_at is not None
    fact = "Delivery unknown"
    if facts.order and was_never_sent(facts.order):
        holds, fact = True, "Cancelled before it was sent: there is nothing to deliver"
    elif facts.order:
        fact = (
            f"Delivered on {facts.order.delivered_at[:10]}"
            if facts.order.delivered_at
            else f"Status: {facts.order.status}"
        )
    return Clause(
        id="delivered",
        text="The goods were delivered",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, shipment",
    )


def _clause_window(facts: RefundFacts, policy: Policy) -> Clause:
    plus = facts.order is not None and facts.order.customer_tier == "plus"
    window = policy.refund_window_days_plus if plus else policy.refund_window_days
    days = facts.days_since_delivery
    holds = None if days is None else days <= window
    fact = "Days since delivery unknown" if days is None else f"{days} days since delivery, {window} allowed"
    if facts.order is not None and was_never_sent(facts.order):
        holds, fact = True, "Cancelled before it was sent: no return is due"
    return Clause(
        id="window",
        text=f"Asked within {window} days of delivery",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, policy",
    )


def was_never_sent(order: Order) -> bool:
    """Whether an order was cancelled while it was still with us."""
    return order.status == "cancelled" and order.shipped_at is None and order.delivered_at is None


def _clause_not_refunded(facts: RefundFacts) -> Clause:
    holds = None if facts.already_refunded is None else facts.already_refunded.minor == 0
    fact = "Earlier refunds unknown" if holds is None else f"{facts.already_refunded} refunded before"
    return Clause(
        id="not_refunded",
        text="Nothing was refunded before",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, ledger",
    )


def remaining(facts: RefundFacts) -> Money | None:
    """What of the order's price has not gone back yet; None if the order is unknown."""
    if facts.paid is None or facts.already_refunded is None:
        return None
    return Money(minor=facts.paid.minor - facts.already_refunded.minor, currency=facts.paid.currency)


def payable_limit(facts: RefundFacts) -> Money:
    """The most that may be paid: what is left of the order, or what was asked when the order is unknown."""
    left = remaining(facts)
    return facts.proposed if left is None else left


def _clause_amount(facts: RefundFacts) -> Clause:
    left = remaining(facts)
    if left is None or left.currency != facts.proposed.currency:
        holds = None
        fact = f"{facts.proposed} asked, " + ("paid amount unknown" if left is None else f"paid in {left.currency}")
    else:
        holds = 0 < facts.proposed.minor <= left.minor
        fact = f"{facts.proposed} asked, {left} of {facts.paid} left"
    return Clause(
        id="amount",
        text="No more than was paid",
        verdict=_verdict(holds),
        fact=fact,
        source="message, order store, ledger",
    )


def _clause_refundable(facts: RefundFacts) -> Clause:
    if facts.order is None:
        holds, fact = None, "Items unknown"
    else:
        barred = [item.name for item in facts.order.items if item.final_sale or not item.refundable]
        holds = not barred or was_never_sent(facts.order)
        fact = "Not refundable: " + ", ".join(barred) if barred else "All items refundable"
        if barred and holds:
            fact += "; cancelled before it was sent"
    return Clause(
        id="refundable",
        text="The items may be returned",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, items",
    )


def _clause_usual(facts: RefundFacts, policy: Policy) -> Clause:
    count = facts.recent_refunds
    holds = None if count is None else count <= policy.refunds_allowed
    fact = (
        "Earlier refunds of this customer unknown"
        if count is None
        else f"{count} refunds in {policy.refunds_in_days} days, {policy.refunds_allowed} are usual"
    )
    return Clause(
        id="no_fraud_signals",
        text="No sign of fraud",
        verdict=_verdict(holds),
        fact=fact,
        source="order store, ledger, policy",
    )


def recommend(clauses: Sequence[Clause]) -> tuple[Recommendation, tuple[str, ...]]:
    """What the clauses speak for, with reasons: any fail speaks against, any unknown asks for a closer look."""
    failed = tuple(f"{clause.text}: {clause.fact}" for clause in clauses if clause.verdict == "fail")
    if failed:
        return "deny", failed
    unknown = tuple(f"{clause.text}: {clause.fact}" for clause in clauses if clause.verdict == "unknown")
    if unknown:
        return "look closer", unknown
    return "approve", ("Every clause of the refund policy holds",)
