"""Open a ticket for something that went wrong."""

from datetime import timedelta

from langgraph.runtime import Runtime

from agent.model import Routing, TicketRequest
from agent.services import Services
from agent.state import Json, State
from agent.timestamps import later
from agent.wording import ticket_opened, with_tone

SUBJECT_CHARS = 80


def create_ticket(state: State, runtime: Runtime[Services]) -> Json:
    """The ticket's number and a reply with the time by which a person answers. Running again opens no second one."""
    routing = Routing.model_validate(state["routing"])
    minutes = runtime.context.policy.sla_minutes(routing.priority)
    ticket = runtime.context.tickets.open_ticket(
        TicketRequest(
            key=f"{state['turn_id']}:issue",
            thread_id=state["thread_id"],
            turn_id=state["turn_id"],
            kind="issue",
            priority=routing.priority,
            subject=state["text"][:SUBJECT_CHARS],
            body=state["text"],
            due_at=later(state["received_at"], timedelta(minutes=minutes)),
        )
    )
    return {
        "ticket_number": ticket.number,
        "reply": with_tone(routing.tone, ticket_opened(ticket.number, ticket.due_at)),
    }
