"""What is written on a ticket: everything that a person needs who sees nothing but the ticket."""

from dataclasses import dataclass

from agent.model import TicketLetter, TicketRequest
from agent.reading.masking import mask
from agent.timestamps import for_people

BODY_CHARS = 60_000
"""Zendesk takes comments of 64 kB."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a conversation came from; `app_url` is where the app's pages are, empty if nobody said."""

    customer: str
    channel: str
    app_url: str


def thread_url(app_url: str, thread_id: str) -> str:
    """Where the conversation is shown; empty if nobody said where the app is."""
    return f"{app_url}/?thread={thread_id}" if app_url else ""


def article_url(app_url: str, article_id: str) -> str:
    """Where the article is shown; empty if nobody said where the app is."""
    return f"{app_url}/knowledge?article={article_id.partition('#')[0]}" if app_url else ""


def ticket_letter(request: TicketRequest, number: str, origin: Origin) -> TicketLetter:
    """The ticket as it is sent; card and account numbers are masked, the newest lines of the conversation come last."""
    head = _head(request, number, origin)
    lines = [f"{line.who.capitalize()}: {mask(line.text)}" for line in request.transcript]
    left = BODY_CHARS - len(head)
    kept: list[str] = []
    for line in reversed(lines):
        left -= len(line) + 1
        if left < 0:
            kept.append("(Earlier lines are at the desk.)")
            break
        kept.append(line)
    said = "\n".join(["Conversation:", *reversed(kept)]) if lines else ""
    return TicketLetter(
        key=request.key,
        number=number,
        kind=request.kind,
        priority=request.priority,
        subject=f"{mask(' '.join(request.subject.split()))} ({number})",
        body=f"{head}\n\n{said}".strip()[:BODY_CHARS],
        due_at=request.due_at,
    )


def _head(request: TicketRequest, number: str, origin: Origin) -> str:
    url = thread_url(origin.app_url, request.thread_id)
    facts = [
        f"Ticket {number}, {request.priority}, to be answered by {for_people(request.due_at)}",
        f"Topic: {request.topic.replace('_', ' ')}" if request.topic else "",
        f"Sentiment, oldest first (-1 to 1): {', '.join(f'{one:+.2f}' for one in request.scores)}"
        if request.scores
        else "",
        f"Customer: {origin.customer}",
        f"Channel: {origin.channel}",
        f"Session: {request.thread_id}" + (f" {url}" if url else ""),
    ]
    articles = [_article(one.article_id, one.title, origin.app_url) for one in request.articles]
    parts = [mask(request.body), "\n".join(fact for fact in facts if fact)]
    return "\n\n".join([*parts, "\n".join(["Articles looked at:", *articles]) if articles else ""]).strip()


def _article(article_id: str, title: str, app_url: str) -> str:
    return f"- {title} {article_url(app_url, article_id)}".rstrip()
