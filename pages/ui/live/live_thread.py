"""The thread that a session has open on the Live desk: read by events, re-read only when something happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from agent import Desk, DeskError, Event, ThreadView, TurnView
from pages.ui.address import read_address, write_address

KEY = "live_thread"


@dataclass
class LiveThread:
    """What the session knows of its open thread. `known_seq` is what had happened when it was opened."""

    thread_id: str | None = None
    customer_id: str = "guest"
    scenario_id: str | None = None
    known_seq: int = 0
    watched: bool = False
    view: ThreadView | None = None
    events: list[Event] = field(default_factory=list)
    problem: str | None = None
    selected_node: str | None = None
    nonce: str = field(default_factory=lambda: uuid4().hex)

    def refresh(self, desk: Desk) -> None:
        """Take in what happened since the last time."""
        if self.thread_id is None:
            return
        try:
            new = desk.events(self.thread_id, after=self.events[-1].seq if self.events else 0)
            if new or self.view is None:
                self.view = desk.thread(self.thread_id)
        except DeskError as error:
            self.problem = str(error)
            return
        self.problem = None
        self.events += new
        if not self.watched:
            self.watched = True
            self.known_seq = self.view.last_seq

    @property
    def turns(self) -> Sequence[TurnView]:
        """The turns so far."""
        return self.view.turns if self.view else ()

    def drawn_turn(self) -> TurnView | None:
        """The latest turn that the graph worked on."""
        ran = {event.turn_id for event in self.events if event.type == "NODE_STARTED"}
        return next((turn for turn in reversed(self.turns) if turn.turn_id in ran), None)

    def streamed(self) -> tuple[str, str] | None:
        """Turn and text of a reply that is still being written."""
        turn_id, text = None, ""
        for event in self.events:
            if event.type == "RESPONSE_CHUNK":
                text = (text if event.turn_id == turn_id else "") + str(event.payload.get("text", ""))
                turn_id = event.turn_id
            elif event.type == "RESPONSE_COMPLETE" and event.turn_id == turn_id:
                turn_id, text = None, ""
        return (turn_id, text) if turn_id else None


def live_thread() -> LiveThread:
    """The session's open thread."""
    current: LiveThread = st.session_state.setdefault(KEY, LiveThread())
    return current


def follow_address() -> None:
    """Open the thread that the address names, if it is another one; else name the open one in the address."""
    current, asked = live_thread(), read_address("thread")
    if asked and asked != current.thread_id:
        open_thread(asked)
    else:
        remember_address(current)


def open_thread(thread_id: str) -> LiveThread:
    """Show a thread that exists already."""
    return _remember(LiveThread(thread_id=thread_id))


def start_thread(*, customer_id: str = "guest", scenario_id: str | None = None) -> LiveThread:
    """Show an empty thread; it is created with its first message."""
    return _remember(LiveThread(customer_id=customer_id, scenario_id=scenario_id, watched=True))


def new_thread() -> None:
    """Leave the open thread and show an empty one."""
    start_thread()


def remember_address(thread: LiveThread) -> None:
    """Write the thread into the address, so that a reload or a copied link opens it again."""
    write_address("thread", thread.thread_id)


def _remember(thread: LiveThread) -> LiveThread:
    st.session_state[KEY] = thread
    remember_address(thread)
    return thread
