"""Say what a person decided to say."""

from langgraph.runtime import Runtime

from agent.model import RefundFacts, RefundRequest, StoredDecision
from agent.names import name_for_customers
from agent.proposals import decision_on
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import due_after, open_ticket
from agent.voice import voice_of


def deliver(state: State, runtime: Runtime[Services]) -> Json:
    """The approved draft, the person's own words, a greeting when the person takes over, or the agent's own reply."""
    services = runtime.context
    decision = decision_on(state, services.decisions)
    if decision.action == "take-over":
        return {
            "reply": decision.reply or _greeting(state, decision.subject),
            "action_result": f"Taken over by {decision.subject}",
        }
    if decision.action == "deny":
        return {"reply": _own_reply(state), "action_result": f"Escalation rejected: {decision.reason or 'other'}"}
    if decision.action == "expire":
        return _expired(state, services, decision)
    if decision.action == "respond" and state["refund"] is not None:
        return _ask_customer(state, decision)
    return {"reply": decision.reply or _draft(state), "action_result": f"Reply sent, decided by {decision.subject}"}


def _ask_customer(state: State, decision: StoredDecision) -> Json:
    """A reviewer's question about a refund; the answer comes back to the gate together with what was asked for."""
    facts = RefundFacts.model_validate(state["refund"])
    evidence = (state["proposal"] or {})["evidence"]
    request = RefundRequest(
        order_number=facts.order_number,
        amount=facts.asked or facts.proposed,
        request=evidence["request"],
        question=str(decision.reply),
    )
    return {
        "reply": decision.reply,
        "awaiting": "reviewer_question",
        "refund_request": request.model_dump(mode="json"),
        "action_result": f"Question sent, asked by {decision.subject}: nothing was paid",
    }


def _greeting(state: State, name: str) -> str:
    voice = voice_of(state)
    return voice.fill(voice.phrases.taken_over, name=name_for_customers(name))


def _draft(state: State) -> str:
    proposal = state["proposal"] or {}
    return str(proposal["evidence"]["draft"])


def _own_reply(state: State) -> str:
    """What the agent would have said: its unsent answer, else a question that leads on."""
    unsent = state["unsent_answer"]
    if unsent and unsent["text"]:
        return str(unsent["text"])
    voice = voice_of(state)
    return voice.say(voice.phrases.what_the_desk_can_do)


def _expired(state: State, services: Services, decision: StoredDecision) -> Json:
    voice = voice_of(state)
    number = state["ticket_number"]
    if number is None:  # a draft that nobody checked has no ticket yet
        number = open_ticket(
            state,
            services,
            kind="escalation",
            priority="urgent",
            subject=state["text"],
            body=state["text"],
            since=decision.decided_at,
        ).number
    due_at = due_after(decision.decided_at, "urgent", services.policy)
    return {
        "reply": voice.fill(voice.phrases.handover_expired, number=number, due=due_at),
        "ticket_number": number,
        "action_result": "Hand-over not taken in time: the ticket stays open",
    }
