"""Show the order and what is about to be done to it, and wait for the customer's explicit yes."""

from langgraph.runtime import Runtime

from agent.model import Classification, Order, OrderItem, OrderTask, Variant
from agent.order_rules import changeable_items, find_change, has_consent, in_the_orders_country, is_named, needs_person
from agent.order_voice import ask_consent, ask_details, tell_refusal
from agent.reading.replies import is_no
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import due_after
from agent.voice import voice_of


def confirm_order(state: State, runtime: Runtime[Services]) -> Json:
    """A question whose yes is bound to this order and this change; after that yes, the way to carry it out."""
    voice = voice_of(state)
    order, task = Order.model_validate(state["order"]), OrderTask.model_validate(state["task"])
    if order.status != "processing":
        due = due_after(state["received_at"], "normal", runtime.context.policy)
        return _ended(tell_refusal(voice, order, "not_processing", None, due))
    item, variants = _item(runtime.context, order, task, state["text"]) if task.action == "item" else (None, [])
    classification = Classification.model_validate(state["classification"])
    wish = in_the_orders_country(find_change(task.action, classification, item, variants, state["text"]), order)
    # "no, size 10 please" is a new wish rather than a no
    if state["awaiting"] in {"order_yes", "order_details"} and is_no(state["text"]) and wish in {None, task.change}:
        return _ended(voice.say(voice.phrases.left_alone, number=order.number))
    if state["awaiting"] == "order_yes" and has_consent(state["text"], task, order):
        return {"awaiting": None, "order_step": "yes"}
    if needs_person(task, runtime.context.policy.order_questions):
        return {"awaiting": None, "task": None, "order_step": "person"}
    change = wish or task.change
    if task.action != "cancel" and change is None:
        return _asking(task, ask_details(voice, order, task, item, variants), "order_details")
    again = state["awaiting"] == "order_yes" and change == task.change and task.seen_version == order.version
    seen = task.model_copy(
        update={"change": change, "seen_version": order.version, "asked": task.asked if again else 0}
    )
    return _asking(seen, ask_consent(voice, order, seen), "order_yes")


def _item(services: Services, order: Order, task: OrderTask, text: str) -> tuple[OrderItem | None, list[Variant]]:
    """The article that is meant and what it comes in; no article where several could be meant."""
    variants = {item.sku: services.orders.get_variants(item.sku) for item in order.items}
    sold = frozenset(sku for sku, found in variants.items() if found)
    meant = changeable_items(order, sold, f"{task.request} {text}")
    if len(meant) > 1 and any(is_named(item, text) for item in meant):
        meant = [item for item in meant if is_named(item, text)]
    return (meant[0], variants[meant[0].sku]) if len(meant) == 1 else (None, [])


def _asking(task: OrderTask, reply: str, awaiting: str) -> Json:
    asked = task.model_copy(update={"asked": task.asked + 1})
    return {"awaiting": awaiting, "task": asked.model_dump(mode="json"), "order_step": "ask", "reply": reply}


def _ended(reply: str) -> Json:
    return {"awaiting": None, "task": None, "order_step": "done", "reply": reply}
