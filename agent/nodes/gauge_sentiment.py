"""Find out how the customer feels."""

from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def gauge_sentiment(state: State, runtime: Runtime[Services]) -> Json:
    """Label, score and the signals they rest on."""
    (sentiment,) = runtime.context.language.gauge_sentiment([state["text"]])
    return {"sentiment": sentiment.model_dump(mode="json")}
