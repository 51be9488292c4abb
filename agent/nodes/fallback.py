"""Say what the desk can do and ask one question."""

from langgraph.runtime import Runtime

from agent.model import Routing
from agent.services import Services
from agent.state import Json, State
from agent.wording import what_the_desk_can_do, with_tone


def fallback(state: State, runtime: Runtime[Services]) -> Json:
    """A reply that leads back to something the desk can do."""
    del runtime
    tone = Routing.model_validate(state["routing"]).tone
    return {"reply": with_tone(tone, what_the_desk_can_do())}
