"""Freeze the facts of a refund and judge them, before anybody is asked."""

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from agent.grounding import grounded
from agent.memory import recall
from agent.model import (
    Caller,
    Classification,
    EngineCall,
    Entities,
    Evidence,
    Hit,
    Money,
    Order,
    OrderTask,
    PastRefund,
    RefundFacts,
    RefundRequest,
    Routing,
)
from agent.ports.language import AnswerTask, unsaid
from agent.proposals import conversation, make_proposal
from agent.reading.questions import is_question
from agent.refund_rules import judge_refund, recommend, remaining
from agent.rules import answer_shortfalls
from agent.services import Services
from agent.sorting import choose_team
from agent.state import Json, State
from agent.timestamps import seconds_between
from agent.tools import OrderTools, noted
from agent.voice import voice_of

DAY_S = 86_400
ALL_ORDERS = 50
"""The latest orders of a customer that are looked through for earlier refunds."""


def assess_refund(state: State, runtime: Runtime[Services]) -> Json:
    """A proposal for the gate and the reply until it is decided; or one question if there is nothing to decide yet."""
    services = runtime.context
    routing = Routing.model_validate(state["routing"])
    classification = Classification.model_validate(state["classification"])
    asked = _asked_before(state)
    entities = _entities(classification.entities, asked)
    caller = Caller(customer_id=state["customer_id"], proven=tuple(state.get("proven", ())))
    tools = OrderTools(services.orders, caller, state["turn_id"])
    facts = _facts(state, tools, services, entities)
    if facts is None:
        return _ask(state, services, entities.order_number)
    clauses = judge_refund(facts, tools.caller, services.policy)
    recommendation, reasons = recommend(clauses)
    evidence = Evidence(
        request=asked.request if asked else _request(state),
        question=asked.question if asked else "",
        answer=state["text"] if asked else "",
        summary=_summary(facts),
        recommendation=recommendation,
        reasons=reasons,
        clauses=clauses,
        refund=facts,
        past_refunds=facts.past_refunds or (),
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
        team=choose_team(classification, evidence, services.policy),
        evidence=evidence,
        amount=facts.proposed,
    )
    reply = _waits(state, facts, str(proposal["due_at"]))
    return {
        "awaiting": None,
        "task": None,
        "refund_request": None,
        "refund": facts.model_dump(mode="json"),
        "proposal": proposal,
        "reply": reply,
        "proven": list(tools.caller.proven),
        "tool_calls": noted(tools.calls),
        "messages": [AIMessage(content=reply, id=f"{state['turn_id']}:holding")],
    }


def _asked_before(state: State) -> RefundRequest | None:
    """The refund about which a reviewer asked the customer, if this is the answer."""
    request = state.get("refund_request")
    return RefundRequest.model_validate(request) if request and state["awaiting"] == "reviewer_question" else None


def _entities(entities: Entities, asked: RefundRequest | None) -> Entities:
    if asked is None:
        return entities
    return entities.model_copy(
        update={
            "order_number": entities.order_number or asked.order_number,
            "amount": entities.amount or asked.amount,
        }
    )


def _request(state: State) -> str:
    """The customer's own words for it; after a cancellation those that asked for it, not the final yes."""
    task = state.get("task")
    return OrderTask.model_validate(task).request if task and _after_cancellation(state) else state["text"]


def _after_cancellation(state: State) -> bool:
    return state.get("order_step") == "refund"


def _waits(state: State, facts: RefundFacts, due_at: str) -> str:
    """What the customer is told. Says nothing about an order that the customer did not say first."""
    voice = voice_of(state)
    phrases = voice.phrases
    asked = facts.proposed if _after_cancellation(state) else facts.asked
    what = phrases.refund_of.format(amount=asked) if asked else ""
    which = phrases.refund_for_order.format(number=facts.order_number) if facts.order_number else ""
    if _after_cancellation(state):
        waits = voice.fill(phrases.refund_waits, what=what + which, due=due_at)
        return f"{state['reply']} {waits}".strip()
    return voice.say(phrases.refund_waits, what=what + which, due=due_at)


def _ask(state: State, services: Services, unknown_number: str | None) -> Json:
    """The one question for order or amount, after an answer if the message asked how refunds work."""
    if state["awaiting"] == "refund_details":
        return {"reply": ""}  # asked before: a person goes on
    voice = voice_of(state)
    hits = [Hit.model_validate(hit) for hit in state["hits"]]
    if hits and is_question(state["text"]) and unknown_number is None:
        informed = _inform(state, services, hits)
        if informed is not None:
            return informed
    phrases = voice.phrases
    question = (
        voice.say(phrases.refund_order_unknown, number=unknown_number)
        if unknown_number
        else voice.say(phrases.ask_refund_details)
    )
    return {"awaiting": "refund_details", "reply": question}


def _inform(state: State, services: Services, hits: list[Hit]) -> Json | None:
    """What the help centre says about refunds, if it answers well enough to be sent by itself."""
    voice, calls = voice_of(state), list[EngineCall]()
    passages = services.knowledge.passages(hits[0].article_id, hits[0].relevance)
    lines = conversation(state["messages"])
    memory = recall(lines=lines, summary=state["summary"], passages=passages, shelf=(), policy=services.policy)
    task = AnswerTask(
        question=state["text"], passages=memory.passages, tone=voice.tone, language=voice.language, memory=memory
    )
    if answer_shortfalls(hits[0].relevance, services.policy.min_answer_confidence, services.policy):
        return None
    answer = grounded(services.language.answer(task, unsaid, calls.append), memory.passages)
    if answer_shortfalls(hits[0].relevance, answer.confidence, services.policy):
        return None
    note = "" if services.language.speaks(voice.language) else voice.note or voice.phrases.answer_in_english
    return {
        "awaiting": "refund_details",
        "reply": f"{voice.opening}{note}{answer.text}\n\n{voice.phrases.refund_offer}",
        "citations": [citation.model_dump() for citation in answer.citations],
        "engine_calls": [call.model_dump(mode="json") for call in calls],
    }


def _facts(state: State, tools: OrderTools, services: Services, entities: Entities) -> RefundFacts | None:
    """What is known about the refund; None if neither an amount nor an order with anything left can be made out."""
    number = Order.model_validate(state["order"]).number if _after_cancellation(state) else entities.order_number
    # the reviewer decides from the order whoever asks; the customer is told nothing of it
    order = services.orders.get_order_by_id(number) if number else None
    if order is not None and entities.email is not None:
        tools.prove(order.number, entities.email)
    past = _past_refunds(order, services) if order else None
    facts = RefundFacts(
        asked=entities.amount,
        order=order,
        order_number=order.number if order else number,
        paid=order.paid if order else None,
        already_refunded=_already_refunded(order, services) if order else None,
        days_since_delivery=_days_since_delivery(order, state["received_at"]),
        past_refunds=past,
        recent_refunds=_recent(past, state["received_at"], services),
        proposed=entities.amount or Money(minor=0),
    )
    if entities.amount is not None:
        return facts
    left = remaining(facts)
    return None if left is None else facts.model_copy(update={"proposed": left})


def _already_refunded(order: Order, services: Services) -> Money:
    ours = services.ledger.refunded(order.number)
    return Money(minor=order.refunded.minor + ours.minor, currency=order.refunded.currency)


def _past_refunds(order: Order, services: Services) -> tuple[PastRefund, ...]:
    """What went back to this customer before, by the shop or by this desk, the latest first."""
    numbers = [each.number for each in services.orders.get_customer_orders(order.customer_id, ALL_ORDERS)]
    found = [*services.orders.get_refunds(order.customer_id), *services.ledger.paid_refunds(numbers)]
    return tuple(sorted(found, key=lambda refund: refund.refunded_at, reverse=True))


def _recent(past: tuple[PastRefund, ...] | None, now: str, services: Services) -> int | None:
    if past is None:
        return None
    span = services.policy.refunds_in_days * DAY_S
    return sum(seconds_between(refund.refunded_at, now) <= span for refund in past)


def _days_since_delivery(order: Order | None, now: str) -> int | None:
    if order is None or order.delivered_at is None:
        return None
    return int(seconds_between(order.delivered_at, now) // DAY_S)


def _summary(facts: RefundFacts) -> str:
    which = f"order {facts.order_number}" if facts.order_number else "an order that was not named"
    return f"Refund of {facts.proposed} for {which}"
