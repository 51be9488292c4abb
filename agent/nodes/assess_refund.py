"""Freeze the facts of a refund and judge them, before anybody is asked."""

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from agent.model import Classification, Evidence, Money, Order, RefundFacts, Routing
from agent.proposals import conversation, make_proposal
from agent.refund_rules import judge_refund, recommend, remaining
from agent.services import Services
from agent.state import Json, State
from agent.timestamps import seconds_between
from agent.wording import ask_refund_details, refund_waits, with_tone

DAY_S = 86_400


def assess_refund(state: State, runtime: Runtime[Services]) -> Json:
    """A proposal for the gate and the reply until it is decided; or one question if there is nothing to decide yet."""
    services = runtime.context
    routing = Routing.model_validate(state["routing"])
    entities = Classification.model_validate(state["classification"]).entities
    facts = _facts(state, services, entities.order_number, entities.amount)
    if facts is None:
        question = with_tone(routing.tone, ask_refund_details(entities.order_number))
        return {"awaiting": "refund_details", "reply": "" if _asked_before(state) else question}
    clauses = judge_refund(facts, state["customer_id"], services.policy)
    recommendation, reasons = recommend(clauses)
    evidence = Evidence(
        request=state["text"],
        summary=_summary(facts),
        recommendation=recommendation,
        reasons=reasons,
        clauses=clauses,
        refund=facts,
        emotional_state=f"{state['sentiment']['label']} ({state['sentiment']['score']:+.2f})",
        sentiment_scores=tuple(state["mood"]),
        transcript=conversation(state["messages"]),
        rules=routing.rules,
    )
    proposal = make_proposal(
        state,
        services.policy,
        kind="refund",
        priority=routing.priority,
        evidence=evidence,
        amount=facts.proposed,
    )
    reply = with_tone(routing.tone, refund_waits(facts.order_number, facts.asked, proposal["due_at"]))
    return {
        "awaiting": None,
        "refund": facts.model_dump(mode="json"),
        "proposal": proposal,
        "reply": reply,
        "messages": [AIMessage(content=reply, id=f"{state['turn_id']}:holding")],
    }


def _asked_before(state: State) -> bool:
    return state["awaiting"] == "refund_details"


def _facts(state: State, services: Services, number: str | None, asked: Money | None) -> RefundFacts | None:
    """What is known about the refund; None if neither an amount nor an order with anything left can be made out."""
    order = services.orders.get_order_by_id(number) if number else None
    refunded = _already_refunded(order, services) if order else None
    facts = RefundFacts(
        asked=asked,
        order=order,
        order_number=order.number if order else number,
        paid=order.paid if order else None,
        already_refunded=refunded,
        days_since_delivery=_days_since_delivery(order, state["received_at"]),
        proposed=asked or Money(minor=0),
    )
    if asked is not None:
        return facts
    left = remaining(facts)
    return None if left is None else facts.model_copy(update={"proposed": left})


def _already_refunded(order: Order, services: Services) -> Money:
    ours = services.ledger.refunded(order.number)
    return Money(minor=order.refunded.minor + ours.minor, currency=order.refunded.currency)


def _days_since_delivery(order: Order | None, now: str) -> int | None:
    if order is None or order.delivered_at is None:
        return None
    return int(seconds_between(order.delivered_at, now) // DAY_S)


def _summary(facts: RefundFacts) -> str:
    which = f"order {facts.order_number}" if facts.order_number else "an order that was not named"
    return f"Refund of {facts.proposed} for {which}"
