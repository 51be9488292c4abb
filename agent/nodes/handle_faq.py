"""Answer from the knowledge base, or keep quiet when the answer is not good enough."""

from langgraph.runtime import Runtime

from agent.model import Classification, Hit, Routing, Sentiment
from agent.rules import answer_shortfalls, choose_priority, is_knowledge_gap, with_rules
from agent.services import Services
from agent.state import Json, State


def handle_faq(state: State, runtime: Runtime[Services]) -> Json:
    """A cited reply; or, below the policy's limits, the unsent answer and the rules that held it back."""
    policy = runtime.context.policy
    routing = Routing.model_validate(state["routing"])
    hits = [Hit.model_validate(hit) for hit in state["hits"]]
    relevance = hits[0].relevance if hits else 0.0
    passages = runtime.context.knowledge.passages(hits[0].article_id, relevance) if hits else []
    answer = runtime.context.language.answer(state["text"], passages, routing.tone)
    shortfalls = answer_shortfalls(relevance, answer.confidence, policy)
    if not shortfalls:
        for sentence in answer.text.splitlines(keepends=True):
            runtime.stream_writer({"chunk": sentence})
        return {"reply": answer.text, "citations": [citation.model_dump() for citation in answer.citations]}
    priority = choose_priority(
        Sentiment.model_validate(state["sentiment"]),
        Classification.model_validate(state["classification"]),
        knowledge_gap=is_knowledge_gap(relevance, policy),
        policy=policy,
    )
    return {
        "unsent_answer": answer.model_dump(mode="json"),
        "routing": with_rules(routing, shortfalls, priority).model_dump(mode="json"),
    }
