"""What of an event a caller sees: people who work here all of it, customers what concerns them."""

from typing import Any

from agent.api.callers import Caller
from agent.model import Event, EventType
from agent.names import name_for_customers

FOR_CUSTOMERS: dict[EventType, tuple[str, ...]] = {
    "MESSAGE_RECEIVED": ("status",),
    "NODE_STARTED": (),
    "NODE_FINISHED": (),
    "RESPONSE_CHUNK": ("text",),
    "RESPONSE_COMPLETE": ("text", "kind", "citations"),
    "HITL_TRIGGERED": (),
    "HITL_RESOLVED": (),
    "HITL_CALLED_BACK": (),
    "REFUND_ISSUED": ("action_result",),
    "REFUND_DENIED": ("action_result",),
    "TICKET_CREATED": ("number",),
    "ESCALATED": (),
    "HANDED_BACK": (),
    "ERROR": (),
}
"""Types that customers get, and what of their payload. Rules, scores and reviewers' names stay here."""


def for_caller(event: Event, caller: Caller) -> dict[str, Any] | None:
    """The event as JSON for this caller; None if it is not for them."""
    document = event.model_dump(mode="json")
    if not caller.is_customer:
        return document
    shown = FOR_CUSTOMERS.get(event.type)
    # an engine's trouble has a step, and somebody else did that step
    if shown is None or (event.type == "ERROR" and "step" in event.payload):
        return None
    return document | {"payload": {key: event.payload[key] for key in shown if key in event.payload}}


def author_for(author: str, who: str, caller: Caller) -> str:
    """How the author of a line is named to this caller."""
    return name_for_customers(author) if caller.is_customer and who == "person" else author
