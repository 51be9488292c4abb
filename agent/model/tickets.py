"""Tickets."""

from typing import Literal

from agent.model.value import Value
from agent.model.words import Priority


class TicketRequest(Value):
    """A ticket to open. The same `key` gives the same ticket, however often it is sent."""

    key: str
    thread_id: str
    turn_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    body: str
    due_at: str


class Ticket(Value):
    """A ticket of the desk; `due_at` is when a person answers at the latest."""

    number: str
    thread_id: str
    turn_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    due_at: str
    status: Literal["open", "solved"]
