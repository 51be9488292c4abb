"""Show the order and what is about to be done to it, and wait for the customer's explicit yes."""

from langgraph.runtime import Runtime

from agent.model import Classification, Order, OrderItem, OrderTask, Variant
from agent.order_rules import changeable_items, find_change, fitted, has_consent, is_named
from agent.order_voice import ask_consent, ask_details, tell_refusal
from agent.policy import Policy
from agent.reading.replies import is_no
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import due_after
from agent.timestamps import seconds_between
from agent.voice import voice_of

HOUR_S = 3600


def confirm_order(state: State, runtime: Runtime[Services]) -> Json:  # noqa: PLR0911  one way out per answer
    """A question whose yes is bound to this order and this change; after that yes, the way to carry it out."""
    voice, policy = voice_of(state), runtime.context.policy
    order, task = Order.model_validate(state["order"]), OrderTask.model_validate(state["task"])
    if order.status != "processing":
        return _too_late(state, order, policy)
    meant = _meant(runtime.context, order, task, state["text"]) if task.action == "item" else []
    if task.action == "item" and not meant:  # what is named comes in one size only
        return {"awaiting": None, "task": None, "order_step": "person"}
    item, variants = meant[0] if len(meant) == 1 else (None, [])
    classification = Classification.model_validate(state["classification"])
    wish = fitted(find_change(task.action, classification, item, variants, state["text"]), order)
    # "no, size 10 please" is a new wish rather than a no
    if state["awaiting"] in {"order_yes", "order_details"} and is_no(state["text"]) and wish in {None, task.change}:
        return _ended(voice.say(voice.phrases.left_alone, number=order.number))
    late = _is_late(task, state["received_at"], policy)
    if state["awaiting"] == "order_yes" and has_consent(state["text"], task, order, too_late=late):
        return {"awaiting": None, "order_step": "yes"}
    wanted = task.model_copy(update={"sku": item.sku if item else task.sku, "change": wish or task.change})
    asked = _ask_again(state, task, wanted, order, late=late)
    if asked.asked > policy.order_questions:
        return {"awaiting": None, "task": None, "order_step": "person"}
    if _lacks_details(asked):
        return _asking(asked, ask_details(voice, order, asked, item, variants), "order_details")
    shown = asked.model_copy(update={"seen_version": order.version, "shown_at": state["received_at"]})
    return _asking(shown, ask_consent(voice, order, shown), "order_yes")


def _too_late(state: State, order: Order, policy: Policy) -> Json:
    """What is said of an order that can no longer be changed; money that was asked back as well goes to its gate."""
    if Classification.model_validate(state["classification"]).intent == "refund":
        return {"awaiting": None, "order_step": "refund"}
    due = due_after(state["received_at"], "normal", policy)
    return _ended(tell_refusal(voice_of(state), order, "not_processing", None, due))


def _lacks_details(task: OrderTask) -> bool:
    return task.action != "cancel" and task.change is None


def _ask_again(state: State, before: OrderTask, wanted: OrderTask, order: Order, *, late: bool) -> OrderTask:
    """The task with the number of times that the same question was put, this one included."""
    waits_for = "order_details" if _lacks_details(wanted) else "order_yes"
    unchanged = wanted.change == before.change and before.seen_version in {None, order.version}
    again = state["awaiting"] == waits_for and unchanged and not late
    return wanted.model_copy(update={"asked": before.asked + 1 if again else 1})


def _is_late(task: OrderTask, now: str, policy: Policy) -> bool:
    """Whether the question was put so long ago that a yes may mean something else by now."""
    return task.shown_at is not None and seconds_between(task.shown_at, now) > policy.consent_hours * HOUR_S


def _meant(services: Services, order: Order, task: OrderTask, text: str) -> list[tuple[OrderItem, list[Variant]]]:
    """The articles that can be meant, each with what it comes in; the one that was chosen before stays chosen."""
    variants = {item.sku: services.orders.get_variants(item.sku) for item in order.items}
    sold = frozenset(sku for sku, found in variants.items() if found)
    meant = changeable_items(order, sold, text) if any(is_named(item, text) for item in order.items) else []
    meant = meant or [item for item in order.items if item.sku == task.sku]
    meant = meant or changeable_items(order, sold, task.request)
    return [(item, variants[item.sku]) for item in meant]


def _asking(task: OrderTask, reply: str, awaiting: str) -> Json:
    return {"awaiting": awaiting, "task": task.model_dump(mode="json"), "order_step": "ask", "reply": reply}


def _ended(reply: str) -> Json:
    return {"awaiting": None, "task": None, "order_step": "done", "reply": reply}
