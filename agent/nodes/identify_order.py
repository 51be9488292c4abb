"""Find the order that a message is about; what happens to it is decided by a person."""

from langgraph.runtime import Runtime

from agent.model import Classification
from agent.services import Services
from agent.state import Json, State


def identify_order(state: State, runtime: Runtime[Services]) -> Json:
    """The order as the store knows it now, frozen for the person who takes over; None if none was named or found."""
    number = Classification.model_validate(state["classification"]).entities.order_number
    order = runtime.context.orders.get_order_by_id(number) if number else None
    return {"order": order.model_dump(mode="json") if order else None}
