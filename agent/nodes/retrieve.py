"""Look up what the knowledge base says."""

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime

from agent.model import EngineCall
from agent.services import Services
from agent.state import Json, State

FOLLOW_UP_WORDS = 4
"""A question this short ("and to Canada?") is looked up together with the message before it."""


def retrieve(state: State, runtime: Runtime[Services]) -> Json:
    """The best passages, most relevant first."""
    policy = runtime.context.policy
    calls: list[EngineCall] = []
    hits = runtime.context.knowledge.search(_question(state), policy.hits, calls.append)
    snippets = (hit.model_copy(update={"text": hit.text[: policy.snippet_chars]}) for hit in hits)
    return {
        "hits": [hit.model_dump(mode="json") for hit in snippets],
        "engine_calls": [call.model_dump(mode="json") for call in calls],
    }


def _question(state: State) -> str:
    asked = [str(message.content) for message in state["messages"] if isinstance(message, HumanMessage)]
    is_follow_up = len(state["text"].split()) <= FOLLOW_UP_WORDS and len(asked) > 1 and state["shelf"]
    return f"{asked[-2]} {state['text']}" if is_follow_up else state["text"]
