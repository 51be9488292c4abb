"""Find out what the message is about."""

from langgraph.runtime import Runtime

from agent.model import EngineCall
from agent.services import Services
from agent.state import Json, State


def classify(state: State, runtime: Runtime[Services]) -> Json:
    """Intent, topic, category, entities, language, and whether a person is asked for."""
    calls: list[EngineCall] = []
    (classification,) = runtime.context.language.classify([state["text"]], calls.append)
    return {
        "classification": classification.model_dump(mode="json"),
        "language": classification.language or state["language"],
        "engine_calls": [call.model_dump(mode="json") for call in calls],
    }
