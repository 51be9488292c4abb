"""Threads, their messages and what became of them."""

from typing import Any, Literal

from agent.model.understanding import Citation, FiredRule, Sentiment
from agent.model.value import Value
from agent.model.words import EventType, Intent, Lane, ThreadStatus, TurnStatus


class Event(Value):
    """Something that happened in a thread; `seq` grows over all threads."""

    seq: int
    thread_id: str
    turn_id: str | None
    type: EventType
    node: str | None
    payload: dict[str, Any]
    at: str


class Receipt(Value):
    """Proof that a message is stored. `queued` means that it waits behind a pending review or with a person."""

    thread_id: str
    message_id: str
    turn_id: str
    queued: bool
    duplicate: bool
    thread_status: ThreadStatus


class TurnView(Value):
    """One message of the customer and all that became of it; `record` is empty until the turn has run."""

    turn_id: str
    message_id: str
    text: str
    status: TurnStatus
    received_at: str
    finished_at: str | None
    review_id: str | None
    record: dict[str, Any]
    error: str | None = None


class TranscriptLine(Value):
    """A line of the thread as its chat pane shows it. `status` is that of the turn for a customer's line."""

    who: Literal["customer", "agent", "person"]
    author: str
    text: str
    at: str
    turn_id: str
    status: TurnStatus
    citations: tuple[Citation, ...] = ()


class ThreadSummary(Value):
    """A row of the threads list; `title` is the beginning of the first message."""

    thread_id: str
    status: ThreadStatus
    title: str
    customer_id: str
    updated_at: str
    turns: int


class ThreadView(Value):
    """A thread with its transcript, its turns and the review that it waits for, if any."""

    thread: ThreadSummary
    transcript: tuple[TranscriptLine, ...]
    turns: tuple[TurnView, ...]
    pending_review_id: str | None
    last_seq: int


class ChatResult(Value):
    """What one message led to; the shape of `chat --json`."""

    thread_id: str
    turn_id: str
    message_id: str
    status: ThreadStatus
    queued: bool
    reply: str
    intent: Intent | None = None
    route: Lane | None = None
    language: str | None = None
    rules: tuple[FiredRule, ...] = ()
    sentiment: Sentiment | None = None
    review_id: str | None = None
    action_result: str | None = None
    ticket: str | None = None
    citations: tuple[Citation, ...] = ()
