"""Close the turn: the reply becomes part of the conversation, and old messages are folded into the summary."""

from langchain_core.messages import AIMessage, AnyMessage, RemoveMessage
from langgraph.runtime import Runtime

from agent.model import OrderTask
from agent.proposals import conversation
from agent.reading.summary import fold_in
from agent.services import Services
from agent.state import Json, State
from agent.voice import voice_of

INTERRUPTING = {"faq", "issue", "unknown"}
"""Lanes that answer something else while a question about an order stays open."""
KEPT_BY_REFUNDS = {"refund", "unknown"}


def record(state: State, runtime: Runtime[Services]) -> Json:
    """The trimmed conversation; a question to the customer stays open only while its subject does."""
    policy = runtime.context.policy
    text = _with_reminder(state)
    reply = AIMessage(content=text, id=f"{state['turn_id']}:final")
    surplus = [*state["messages"], reply][: -policy.kept_messages]
    changes: list[AnyMessage | RemoveMessage] = [reply]
    changes += [RemoveMessage(id=str(message.id)) for message in surplus]
    stays_open = _stays_open(state)
    return {
        "messages": changes,
        "summary": fold_in(state.get("summary", ""), conversation(surplus), policy.summary_words)
        if surplus
        else state.get("summary", ""),
        "reply": text,
        "awaiting": state["awaiting"] if stays_open else None,
        "task": state.get("task") if stays_open else None,
        "refund_request": state.get("refund_request") if stays_open else None,
    }


def _stays_open(state: State) -> bool:
    lane, awaiting = state["routing"]["lane"], state["awaiting"] or ""
    if awaiting.startswith("order_"):
        return lane == "order" or lane in INTERRUPTING
    if awaiting == "reviewer_question":
        return lane in {"refund", *INTERRUPTING}  # asked just now, or something else was answered meanwhile
    if awaiting == "objection":
        return state["action_result"] is not None or lane == "unknown"
    return lane in KEPT_BY_REFUNDS


def _with_reminder(state: State) -> str:
    """The reply; after something else was answered, a reminder of the order that still waits for a yes."""
    task, lane = state.get("task"), state["routing"]["lane"]
    if not task or state["awaiting"] != "order_yes" or lane not in INTERRUPTING:
        return state["reply"]
    voice = voice_of(state)
    number = OrderTask.model_validate(task).number
    return f"{state['reply']}\n\n{voice.fill(voice.phrases.still_open, number=number)}"
