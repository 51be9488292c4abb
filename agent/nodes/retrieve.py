"""Look up what the knowledge base says."""

from langgraph.runtime import Runtime

from agent.services import Services
from agent.state import Json, State


def retrieve(state: State, runtime: Runtime[Services]) -> Json:
    """The best passages, most relevant first."""
    policy = runtime.context.policy
    hits = runtime.context.knowledge.search(state["text"], policy.hits)
    snippets = (hit.model_copy(update={"text": hit.text[: policy.snippet_chars]}) for hit in hits)
    return {"hits": [hit.model_dump(mode="json") for hit in snippets]}
