"""Open tickets as part of a turn: always with a due time taken from the service level of the priority."""

from datetime import timedelta
from typing import Literal

from langchain_core.messages import HumanMessage

from agent.model import ArticleLook, Priority, SpokenLine, Ticket, TicketRequest
from agent.policy import Policy
from agent.reading.masking import mask
from agent.services import Services
from agent.state import State
from agent.timestamps import later

SUBJECT_CHARS = 80


def open_ticket(
    state: State,
    services: Services,
    *,
    kind: Literal["issue", "escalation", "refund"],
    priority: Priority,
    subject: str,
    body: str,
    since: str,
) -> Ticket:
    """The turn's ticket of this kind, due one service level after `since`. Running again opens no second one.

    `body` says what it is about; conversation, topic, scores and articles are added from the state.
    """
    said = [
        SpokenLine(who="customer" if isinstance(message, HumanMessage) else "agent", text=str(message.content))
        for message in state.get("messages", ())
    ]
    return services.tickets.open_ticket(
        TicketRequest(
            key=f"{state['turn_id']}:{kind}",
            thread_id=state["thread_id"],
            turn_id=state["turn_id"],
            kind=kind,
            priority=priority,
            subject=mask(subject)[:SUBJECT_CHARS],
            body=body,
            due_at=due_after(since, priority, services.policy),
            topic=state.get("classification", {}).get("topic", ""),
            scores=tuple(state.get("mood", ())),
            articles=_articles(state),
            transcript=tuple(said),
        )
    )


def _articles(state: State) -> tuple[ArticleLook, ...]:
    """Every article that was found, once, the most relevant first."""
    titles = {hit["article_id"]: hit["title"] for hit in reversed(state.get("hits", ()))}
    return tuple(ArticleLook(article_id=one, title=title) for one, title in reversed(titles.items()))


def due_after(since: str, priority: Priority, policy: Policy) -> str:
    """When a person answers a case of this priority that began at `since`."""
    return later(since, timedelta(minutes=policy.sla_minutes(priority)))
