"""Start a turn: take the message in and clear what belonged to the turn before."""

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def intake(state: State, runtime: Runtime[Services]) -> Json:
    """The message as part of the conversation, and a clean sheet for this turn."""
    del runtime
    return {
        "messages": [HumanMessage(content=state["text"], id=state["turn_id"])],
        "classification": {},
        "sentiment": {},
        "hits": [],
        "routing": {},
        "reply": "",
        "citations": [],
        "ticket_number": None,
        "action_result": None,
        "order": None,
        "refund": None,
        "unsent_answer": None,
        "proposal": None,
        "decision": None,
        "awaiting": state.get("awaiting"),
        "mood": state.get("mood", []),
        "streaks": state.get("streaks", {"low_confidence": 0, "unknown": 0}),
    }
