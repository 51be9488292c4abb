"""Say how an order stands, or do to it what the customer said yes to."""

from langgraph.runtime import Runtime

from agent.errors import OrderRefusedError
from agent.model import Caller, Order, OrderTask
from agent.order_voice import tell_done, tell_refusal, tell_status
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import due_after
from agent.tools import OrderTools, noted
from agent.voice import voice_of


def resolve_order(state: State, runtime: Runtime[Services]) -> Json:
    """The result for the customer; a cancelled order with money left on it goes on to the refund's gate."""
    voice = voice_of(state)
    order, task = Order.model_validate(state["order"]), OrderTask.model_validate(state["task"])
    due = due_after(state["received_at"], "normal", runtime.context.policy)
    ended: Json = {"task": None, "awaiting": None, "order_step": "done"}
    if task.action == "status":
        return ended | {
            "reply": tell_status(voice, order, due),
            "action_result": f"Order {order.number}: {order.status}",
        }
    caller = Caller(customer_id=state["customer_id"], proven=tuple(state["proven"]))
    tools = OrderTools(runtime.context.orders, caller, state["turn_id"])
    try:
        after = _write(tools, order, task)
    except OrderRefusedError as refused:
        now = tools.get_order_by_id(order.number) or order
        reply = tell_refusal(voice, now, refused.reason, task.change, due)
        return ended | {"reply": reply, "action_result": f"Not changed: {refused}", "tool_calls": noted(tools.calls)}
    cancelled = task.action == "cancel"
    given_back = after.refunded.minor + runtime.context.ledger.refunded(after.number).minor
    owed = cancelled and after.paid.minor > given_back
    return ended | {
        "reply": tell_done(voice, after, task.change),
        "action_result": f"Order {after.number} {'cancelled' if cancelled else f'changed: {task.action}'}",
        "order": after.model_dump(mode="json"),
        "order_step": "refund" if owed else "done",
        "task": state["task"] if owed else None,  # the reviewer reads what the customer asked for at first
        "tool_calls": noted(tools.calls),
    }


def _write(tools: OrderTools, order: Order, task: OrderTask) -> Order:
    seen = task.seen_version or 0
    if task.action == "cancel":
        return tools.cancel_order(order.number, seen_version=seen)
    if task.change is None:
        message = f"Order {order.number}: nothing to change was confirmed; nothing was changed."
        raise OrderRefusedError(reason="changed_meanwhile", message=message)
    return tools.update_order(order.number, task.change, seen_version=seen)
