"""Find out how the customer feels."""

from langgraph.runtime import Runtime

from agent.model import EngineCall
from agent.services import Services
from agent.state import Json, State


def gauge_sentiment(state: State, runtime: Runtime[Services]) -> Json:
    """Label, score and the signals they rest on."""
    calls: list[EngineCall] = []
    (sentiment,) = runtime.context.language.gauge_sentiment([state["text"]], calls.append)
    return {
        "sentiment": sentiment.model_dump(mode="json"),
        "engine_calls": [call.model_dump(mode="json") for call in calls],
    }
