"""Find out what the message is about."""

from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def classify(state: State, runtime: Runtime[Services]) -> Json:
    """Intent, topic, category, entities, and whether a person is asked for."""
    (classification,) = runtime.context.language.classify([state["text"]])
    return {"classification": classification.model_dump(mode="json")}
