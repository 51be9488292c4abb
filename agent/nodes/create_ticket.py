"""Open a ticket for something that went wrong."""

from langgraph.runtime import Runtime

from agent.model import Routing
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import open_ticket
from agent.voice import voice_of


def create_ticket(state: State, runtime: Runtime[Services]) -> Json:
    """The ticket's number and a reply with the time by which a person answers."""
    routing = Routing.model_validate(state["routing"])
    ticket = open_ticket(
        state,
        runtime.context,
        kind="issue",
        priority=routing.priority,
        subject=state["text"],
        body=state["text"],
        since=state["received_at"],
    )
    voice = voice_of(state)
    reply = voice.say(voice.phrases.ticket_opened, number=ticket.number, due=ticket.due_at)
    return {"ticket_number": ticket.number, "reply": reply}
