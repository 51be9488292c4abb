"""Return a courtesy, or say what the desk can do and ask one question."""

from langgraph.runtime import Runtime

from agent.reading.replies import is_hello, is_thanks
from agent.services import Services
from agent.state import Json, State
from agent.voice import voice_of


def fallback(state: State, runtime: Runtime[Services]) -> Json:
    """A reply that leads back to something the desk can do; a question that was open stays open."""
    del runtime
    voice = voice_of(state)
    if is_thanks(state["text"]):
        return {"reply": voice.phrases.courtesy, "awaiting": _still_awaited(state)}
    greeting = voice.phrases.greeting if is_hello(state["text"]) else voice.opening
    return {
        "awaiting": _still_awaited(state) or "clarification",
        "reply": greeting + voice.note + voice.phrases.what_the_desk_can_do,
    }


def _still_awaited(state: State) -> str | None:
    """The question about a refund or an order that is open; a general one is answered by whatever comes."""
    return None if state["awaiting"] == "clarification" else state["awaiting"]
