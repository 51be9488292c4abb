"""Find out which order a message is about, and whether it is the customer's."""

from collections.abc import Sequence
from dataclasses import dataclass

from langgraph.runtime import Runtime

from agent.model import Awaited, Caller, Classification, Order, OrderTask
from agent.order_rules import WRITES, OrderStep, candidates, is_handled, is_refused_beforehand, task_of_turn
from agent.services import Services
from agent.state import Json, State
from agent.tools import OrderTools, noted
from agent.voice import Voice, voice_of

LISTED = 5
"""Orders that a customer is shown to choose from."""


@dataclass(frozen=True, kw_only=True)
class _Found:
    """The order, or what the customer is asked instead."""

    order: Order | None = None
    question: str = ""
    awaiting: Awaited | None = None


def identify_order(state: State, runtime: Runtime[Services]) -> Json:
    """The order as the store knows it now and what is to be done with it; or one question; or the way to a person."""
    before = OrderTask.model_validate(state["task"]) if state["task"] else None
    classification = Classification.model_validate(state["classification"])
    task = task_of_turn(classification, before, state["awaiting"], state["text"])
    caller = Caller(customer_id=state["customer_id"], proven=tuple(state["proven"]))
    if is_refused_beforehand(task, state["text"]):
        return _left_alone(task, voice_of(state))
    tools = OrderTools(runtime.context.orders, caller, state["turn_id"])
    found = _find(task, tools, voice_of(state))
    step = _next_step(task, found, runtime.context.policy.order_questions)
    common = {
        "order": found.order.model_dump(mode="json") if found.order else None,
        "order_step": step,
        "proven": list(tools.caller.proven),
        "tool_calls": noted(tools.calls),
    }
    if step == "person":
        return common | {"task": None, "awaiting": None}
    if step == "ask":
        asked = task.model_copy(update={"asked": task.asked + 1})
        return common | {"task": asked.model_dump(mode="json"), "awaiting": found.awaiting, "reply": found.question}
    number = found.order.number if found.order else task.number
    answered = state["awaiting"] in {"order_number", "order_proof"}
    known = task.model_copy(update={"number": number, "asked": 0 if answered else task.asked})
    # a wish that replaced another one has not been confirmed by anybody
    awaiting = state["awaiting"] if before is not None and before.request == task.request else None
    return common | {"task": known.model_dump(mode="json"), "awaiting": awaiting}


def _left_alone(task: OrderTask, voice: Voice) -> Json:
    """What is said to somebody who says what shall not be done."""
    reply = voice.say(voice.phrases.left_alone, number=task.number or "").replace("  ", " ")
    return {"order": None, "order_step": "ask", "task": None, "awaiting": None, "reply": reply}


def _next_step(task: OrderTask, found: _Found, most_questions: int) -> OrderStep:
    if not is_handled(task):
        return "person"  # what has been found so far goes with the case
    if found.order is None:
        return "person" if task.asked >= most_questions else "ask"
    return "change" if task.action in WRITES else "status"


def _find(task: OrderTask, tools: OrderTools, voice: Voice) -> _Found:
    if task.number is not None:
        return _find_named(task.number, task.email, tools, voice)
    own = tools.get_customer_orders()
    if not own:
        return _Found(question=voice.say(voice.phrases.ask_order), awaiting="order_number")
    meant = candidates(own, task.action, task.request)
    if len(meant) == 1:
        return _Found(order=meant[0])
    question = voice.say(voice.phrases.ask_which_order, orders=_listed(meant, voice))
    return _Found(question=question, awaiting="order_number")


def _find_named(number: str, email: str | None, tools: OrderTools, voice: Voice) -> _Found:
    order = tools.get_order_by_id(number)
    if order is None and email is not None:
        order = tools.prove(number, email)
    if order is not None:
        return _Found(order=order)
    phrases = voice.phrases
    if email is not None:
        return _Found(question=voice.say(phrases.order_not_found), awaiting="order_proof")
    if tools.caller.is_guest:
        return _Found(question=voice.say(phrases.ask_proof, number=number), awaiting="order_proof")
    return _Found(question=voice.say(phrases.order_not_yours, number=number), awaiting="order_number")


def _listed(orders: Sequence[Order], voice: Voice) -> str:
    return "; ".join(f"{order.number} ({voice.items(order)})" for order in orders[:LISTED])
