"""Open tickets as part of a turn: always with a due time taken from the service level of the priority."""

from datetime import timedelta
from typing import Literal

from agent.model import Priority, Ticket, TicketRequest
from agent.policy import Policy
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
    """The turn's ticket of this kind, due one service level after `since`. Running again opens no second one."""
    return services.tickets.open_ticket(
        TicketRequest(
            key=f"{state['turn_id']}:{kind}",
            thread_id=state["thread_id"],
            turn_id=state["turn_id"],
            kind=kind,
            priority=priority,
            subject=subject[:SUBJECT_CHARS],
            body=body,
            due_at=due_after(since, priority, services.policy),
        )
    )


def due_after(since: str, priority: Priority, policy: Policy) -> str:
    """When a person answers a case of this priority that began at `since`."""
    return later(since, timedelta(minutes=policy.sla_minutes(priority)))
