"""Pay the approved amount once, however often this step runs."""

from langgraph.runtime import Runtime

from agent.errors import AlarmError, OverRefundError
from agent.model import Money, Order, RefundFacts, RefundPayment, StoredDecision
from agent.names import subject_key
from agent.proposals import decision_on, needs_second
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import open_ticket
from agent.voice import voice_of


def issue_refund(state: State, runtime: Runtime[Services]) -> Json:
    """The payment's result; an amount that the order no longer allows is not paid and goes to a person."""
    services = runtime.context
    decision = decision_on(state, services.decisions)
    if decision.action not in {"approve", "edit"}:
        message = f"Review {decision.review_id} was decided {decision.action!r}; nothing was paid."
        raise AlarmError(message)
    _refuse_one_pair_of_eyes(state, services)
    facts = RefundFacts.model_validate(state["refund"])
    payment = _payment(state, facts, decision, services)
    try:
        reference = services.ledger.pay(payment)
    except OverRefundError as refusal:
        return _not_paid(state, services, str(refusal))
    voice = voice_of(state)
    issued = voice.fill(voice.phrases.refund_issued, amount=payment.amount, reference=reference)
    return {
        "reply": decision.reply or issued,
        "action_result": f"Refund issued: {payment.amount}",
    }


def _refuse_one_pair_of_eyes(state: State, services: Services) -> None:
    """A large refund is paid only if two different people approved exactly this amount, by the table."""
    decided = state["decision"] or {}
    first, *others = services.decisions.seats(decided["review_id"])
    if not needs_second(state["proposal"] or {}, first):
        return
    second = others[0] if others else None
    if (
        second is None
        or second.action != "approve"
        or second.amount != first.amount
        or subject_key(second.subject) == subject_key(first.subject)
    ):
        message = f"Review {first.review_id} needs two people's approval and has not got it; nothing was paid."
        raise AlarmError(message)


def _payment(state: State, facts: RefundFacts, decision: StoredDecision, services: Services) -> RefundPayment:
    order = facts.order
    return RefundPayment(
        review_id=decision.review_id,
        thread_id=state["thread_id"],
        customer_id=state["customer_id"],
        order_number=order.number if order else None,
        amount=decision.amount or facts.proposed,
        limit=_left_now(order, services) if order else None,
    )


def _left_now(order: Order, services: Services) -> Money:
    """What neither the shop gave back before, nor since the facts were frozen; the ledger adds what we did."""
    now = services.orders.get_order_by_id(order.number) or order
    left = min(each.paid.minor - each.refunded.minor for each in (order, now))
    return order.paid.model_copy(update={"minor": left})


def _not_paid(state: State, services: Services, why: str) -> Json:
    ticket = open_ticket(
        state,
        services,
        kind="refund",
        priority="high",
        subject="An approved refund could not be paid",
        body=why,
        since=state["received_at"],
    )
    voice = voice_of(state)
    return {
        "reply": voice.fill(voice.phrases.refund_not_paid, number=ticket.number, due=ticket.due_at),
        "ticket_number": ticket.number,
        "action_result": f"Refund not paid: {why}",
    }
