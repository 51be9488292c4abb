"""Start a turn: take the message in and clear what belonged to the turn before."""

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def intake(state: State, runtime: Runtime[Services]) -> Json:
    """The message as part of the conversation, and a clean sheet for this turn."""
    return {
        "policy_version": runtime.context.policy.version,
        "messages": [HumanMessage(content=state["text"], id=state["turn_id"])],
        "classification": {},
        "sentiment": {},
        "hits": [],
        "tier": None,
        "routing": {},
        "reply": "",
        "citations": [],
        "ticket_number": None,
        "action_result": None,
        "tool_calls": None,
        "engine_calls": None,
        "memory": None,
        "order": None,
        "order_step": None,
        "refund": None,
        "answer_confidence": None,
        "unsent_answer": None,
        "proposal": None,
        "to_confirm": None,
        "decision": None,
        "language": state.get("language", ""),
        "mood": state.get("mood", []),
        "streaks": state.get("streaks", {"low_confidence": 0, "unknown": 0}),
        "awaiting": state.get("awaiting"),
        "task": state.get("task"),
        "proven": state.get("proven", []),
        "refund_request": state.get("refund_request"),
        "summary": state.get("summary", ""),
        "shelf": state.get("shelf", []),
    }
