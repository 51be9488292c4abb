"""Close the turn: the reply becomes part of the conversation, and old messages leave the agent's mind."""

from langchain_core.messages import AIMessage, AnyMessage, RemoveMessage
from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def record(state: State, runtime: Runtime[Services]) -> Json:
    """The trimmed conversation; a question to the customer stays open only while its subject does."""
    reply = AIMessage(content=state["reply"], id=f"{state['turn_id']}:final")
    kept = runtime.context.policy.kept_messages
    surplus = [*state["messages"], reply][:-kept]
    changes: list[AnyMessage | RemoveMessage] = [reply]
    changes += [RemoveMessage(id=str(message.id)) for message in surplus]
    keeps_waiting = state["routing"]["lane"] in {"refund", "unknown"}
    return {"messages": changes, "awaiting": state["awaiting"] if keeps_waiting else None}
