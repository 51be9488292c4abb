"""Say what a person decided to say."""

from datetime import timedelta

from langgraph.runtime import Runtime

from agent.model import Routing, StoredDecision
from agent.proposals import decision_on
from agent.services import Services
from agent.state import Json, State
from agent.timestamps import later
from agent.wording import handover_expired, taken_over, what_the_desk_can_do, with_tone


def deliver(state: State, runtime: Runtime[Services]) -> Json:
    """The approved draft, the person's own words, a greeting when the person takes over, or the agent's own reply."""
    services = runtime.context
    decision = decision_on(state, services.decisions)
    if decision.action == "take-over":
        return {
            "reply": decision.reply or taken_over(decision.subject),
            "action_result": f"Taken over by {decision.subject}",
        }
    if decision.action == "deny":
        return {"reply": _own_reply(state), "action_result": f"Escalation rejected: {decision.reason or 'other'}"}
    if decision.action == "expire":
        return _expired(state, services, decision)
    return {"reply": decision.reply or _draft(state), "action_result": f"Reply sent, decided by {decision.subject}"}


def _draft(state: State) -> str:
    proposal = state["proposal"] or {}
    return str(proposal["evidence"]["draft"])


def _own_reply(state: State) -> str:
    """What the agent would have said: its unsent answer, else a question that leads on."""
    unsent = state["unsent_answer"]
    if unsent and unsent["text"]:
        return str(unsent["text"])
    return with_tone(Routing.model_validate(state["routing"]).tone, what_the_desk_can_do())


def _expired(state: State, services: Services, decision: StoredDecision) -> Json:
    minutes = services.policy.sla_minutes("urgent")
    due_at = later(decision.decided_at, timedelta(minutes=minutes))
    return {
        "reply": handover_expired(state["ticket_number"] or "", due_at),
        "action_result": "Hand-over not taken in time: the ticket stays open",
    }
