"""What happened in a conversation, one line an event."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from agent import Desk, Event
from pages.ui.clock import milliseconds
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.words import ACTION_DONE, REVIEW_KIND, in_words

Told = Mapping[str, Any]

LEFT_OUT = {"RESPONSE_CHUNK", "NODE_STARTED"}
"""Pieces of a reply, and starts: the whole reply and the end of the step tell as much."""
COLUMNS = Columns(head=("When", "What happened", "Step"), wide=1, full=True)


def draw_timeline(desk: Desk, thread_id: str, *, key: str) -> None:
    """The thread's events, oldest first."""
    events = every_event(desk, thread_id)
    if not events:
        st.caption("Nothing is kept of this conversation.")
        return
    show_records("What happened in this conversation", COLUMNS, [_record(event) for event in events], key=key)


def every_event(desk: Desk, thread_id: str) -> list[Event]:
    """All that is worth a line."""
    found: list[Event] = []
    after = 0
    while page := desk.events(thread_id, after=after):
        found += [event for event in page if event.type not in LEFT_OUT]
        after = page[-1].seq
    return found


def in_a_line(event: Event) -> str:
    """What happened, in words."""
    return SAID[event.type](event.payload) if event.type in SAID else in_words(event.type.lower()).capitalize()


def _record(event: Event) -> Record:
    node = in_words(event.node) if event.node else ""
    return Record(cells=(Cell(at=event.at), Cell(text=in_a_line(event)), Cell(text=node)))


def _finished(told: Told) -> str:
    took = milliseconds(float(told.get("ms") or 0))
    ended = {"paused": "Paused for a person", "failed": "Failed"}.get(str(told.get("status")), "Step done")
    return f"{ended}, {took}"


def _asked(told: Told) -> str:
    kind = str(told.get("kind", ""))
    second = "second " if told.get("seat") == 2 else ""  # noqa: PLR2004  the second of two people
    return f"Waits for a {second}decision: {REVIEW_KIND.get(kind, kind)}"


def _resolved(told: Told) -> str:
    action = str(told.get("action", ""))
    return f"{ACTION_DONE.get(action, in_words(action)).capitalize()} by {told.get('by', 'somebody')}"


SAID: Mapping[str, Callable[[Told], str]] = {
    "MESSAGE_RECEIVED": lambda told: f"Message: {told['text']}" if told.get("text") else "A message came in",
    "NODE_FINISHED": _finished,
    "ROUTED": lambda told: f"Lane chosen: {told.get('lane', 'none')}",
    "RESPONSE_COMPLETE": lambda told: f"Told the customer: {told.get('text', '')}",
    "HITL_TRIGGERED": _asked,
    "HITL_RESOLVED": _resolved,
    "HITL_CALLED_BACK": lambda told: f"Called back by {told.get('by', 'somebody')}",
    "REFUND_ISSUED": lambda told: str(told.get("action_result") or "Refund issued"),
    "REFUND_DENIED": lambda told: str(told.get("action_result") or "Refund denied"),
    "TICKET_CREATED": lambda told: f"Ticket {told.get('number', '')} opened",
    "TICKET_DELIVERED": lambda told: f"Ticket is {told.get('desk_number', '')} at {told.get('desk', 'the other desk')}",
    "TICKET_FAILED": lambda told: f"Ticket {told.get('number', '')} could not be delivered: {told.get('message', '')}",
    "TICKET_CLOSED": lambda told: f"Ticket {told.get('number', '')} was solved at {told.get('desk', 'the other desk')}",
    "ESCALATED": lambda told: f"Handed to a person, {told.get('priority', 'normal')} priority",
    "HANDED_BACK": lambda _told: "Handed back to the agent",
    "ERROR": lambda told: f"Trouble: {told.get('message', 'no reason was given')}",
}
