"""What a review would have led to."""

from agent.model.decisions import Decision
from agent.model.orders import Order
from agent.model.refunds import RefundPayment
from agent.model.threads import Event
from agent.model.tickets import Ticket
from agent.model.value import Value
from agent.model.words import ThreadStatus


class WhatIf(Value):
    """What a review would have led to with another decision; nothing of it happened, and nothing of it is stored.

    `events` are those of the turn: up to `shared_seq` as they happened, from there on as they would have; they are
    drawn like real ones. `reply` is what the customer would have got and `status` where that leaves the thread,
    before messages that came meanwhile. `payments`, `tickets` and `orders` would have been paid, opened and changed.
    """

    review_id: str
    hypothetical: Decision
    events: tuple[Event, ...]
    shared_seq: int
    reply: str
    action_result: str
    status: ThreadStatus
    payments: tuple[RefundPayment, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    orders: tuple[Order, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The steps that would have been completed, in the order in which they end."""
        ended = [event for event in self.events if event.type == "NODE_FINISHED"]
        return tuple(event.node or "" for event in ended if event.payload.get("status") == "done")
