"""Tell the customer that a refund was denied, or that nobody decided in time. No payment is reachable from here."""

from langgraph.runtime import Runtime

from agent.proposals import decision_on
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import open_ticket
from agent.voice import voice_of


def refund_denied(state: State, runtime: Runtime[Services]) -> Json:
    """The denial with its reason; an expired review leaves a ticket, so that a person stays on it."""
    services = runtime.context
    decision = decision_on(state, services.decisions)
    if decision.action == "expire":
        return _expired(state, services, decision.decided_at)
    reason = decision.reason or "other"
    voice = voice_of(state)
    because = voice.phrases.denials[reason]
    return {
        "reply": decision.reply or voice.fill(voice.phrases.refund_denied, because=because),
        "action_result": f"Refund denied: {reason}",
        "awaiting": "objection",  # the denial promises that whoever objects reaches a person
    }


def _expired(state: State, services: Services, now: str) -> Json:
    ticket = open_ticket(
        state,
        services,
        kind="refund",
        priority="urgent",
        subject="A refund was not decided in time",
        body=state["text"],
        since=now,
    )
    voice = voice_of(state)
    return {
        "reply": voice.fill(voice.phrases.refund_expired, number=ticket.number, due=ticket.due_at),
        "ticket_number": ticket.number,
        "action_result": "Refund not decided in time: nothing was paid",
    }
