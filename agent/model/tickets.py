"""Tickets."""

from typing import Literal

from agent.model.evidence import SpokenLine
from agent.model.value import Value
from agent.model.words import Priority


class ArticleLook(Value):
    """An article that was looked at for a ticket."""

    article_id: str
    title: str


class TicketRequest(Value):
    """A ticket to open. The same `key` gives the same ticket, however often it is sent.

    `body` says what it is about; the rest is what a person needs who works on it elsewhere. `scores` are the sentiment
    of the last turns from -1 to 1, oldest first.
    """

    key: str
    thread_id: str
    turn_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    body: str
    due_at: str
    topic: str = ""
    scores: tuple[float, ...] = ()
    articles: tuple[ArticleLook, ...] = ()
    transcript: tuple[SpokenLine, ...] = ()


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
