"""Answer from the knowledge base, or keep quiet when the answer is not good enough."""

from langgraph.runtime import Runtime

from agent.grounding import grounded, is_supported
from agent.memory import recall
from agent.model import CitedSentence, Classification, EngineCall, Grounded, Hit, Memory, Priority, Routing, Sentiment
from agent.policy import Policy
from agent.ports.language import AnswerTask, Say, unsaid
from agent.proposals import conversation
from agent.rules import (
    AnswerRoute,
    answer_shortfalls,
    choose_answer_route,
    choose_priority,
    is_close_call,
    is_knowledge_gap,
    soft_review_rule,
    with_rules,
)
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import due_after
from agent.voice import Voice, voice_of

SHELF = 12
"""Passages of earlier answers that an engine may be told again."""


def handle_faq(state: State, runtime: Runtime[Services]) -> Json:
    """A cited reply; or, below the policy's limits, the unsent answer and the rules that held it back."""
    services, policy, voice = runtime.context, runtime.context.policy, voice_of(state)
    hits = [Hit.model_validate(hit) for hit in state["hits"]]
    relevance = hits[0].relevance if hits else 0.0
    memory = _memory(state, services, hits)
    calls: list[EngineCall] = []
    task = AnswerTask(
        question=state["text"],
        passages=memory.passages,
        tone=voice.tone,
        language=voice.language,
        memory=memory.model_copy(update={"passages": ()}),
    )
    said = unsaid if is_knowledge_gap(relevance, policy) else _teller(runtime, memory, relevance, policy)
    answer = grounded(services.language.answer(task, said, calls.append), memory.passages)
    shortfalls = answer_shortfalls(relevance, answer.confidence, policy)
    route = choose_answer_route(relevance, answer.confidence, shortfalls, policy)
    common = {
        "engine_calls": [call.model_dump(mode="json") for call in calls],
        "memory": memory.model_dump(mode="json", exclude={"lines", "passages", "summary"}),
        "answer_confidence": answer.confidence,
    }
    if route in {"answered", "uncertain"}:
        routing = with_rules(Routing.model_validate(state["routing"]), shortfalls)
        return common | {
            "reply": _reply(state, services, voice, answer, route),
            "citations": [citation.model_dump() for citation in answer.citations],
            "routing": routing.model_dump(mode="json"),
            "shelf": _shelf(state, memory, answer),
        }
    held = (soft_review_rule(relevance, answer.confidence, policy),) if route == "review" else shortfalls
    return common | {
        "unsent_answer": answer.model_dump(mode="json"),
        "routing": with_rules(
            Routing.model_validate(state["routing"]), held, _priority(state, relevance, policy)
        ).model_dump(mode="json"),
    }


def _memory(state: State, services: Services, hits: list[Hit]) -> Memory:
    """The passages of the best article first, then what else was found; older ones only where room is left."""
    whole = services.knowledge.passages(hits[0].article_id, hits[0].relevance) if hits else []
    return recall(
        lines=conversation(state["messages"]),
        summary=state["summary"],
        passages=[*whole, *hits[1:]],
        shelf=[Hit.model_validate(hit) for hit in state["shelf"]],
        policy=services.policy,
    )


def _teller(runtime: Runtime[Services], memory: Memory, relevance: float, policy: Policy) -> Say:
    """Pass complete sentences on while the answer is still being written, if it will be sent and they have a source."""

    def tell(sentence: CitedSentence, confidence: float) -> None:
        sure = confidence >= policy.min_answer_confidence and not is_close_call(relevance, confidence, policy)
        if sure and is_supported(sentence, memory.passages):
            runtime.stream_writer({"chunk": f"{sentence.text} "})

    return tell


def _reply(state: State, services: Services, voice: Voice, answer: Grounded, route: AnswerRoute) -> str:
    routing = Routing.model_validate(state["routing"])
    due_at = due_after(state["received_at"], routing.priority, services.policy)
    before = voice.opening
    if not services.language.speaks(voice.language):
        before += voice.note or voice.phrases.answer_in_english
    if route == "uncertain":
        before += voice.phrases.unsure_answer
    return f"{before}{answer.text}\n\n{voice.fill(voice.phrases.answer_next, due=due_at)}"


def _shelf(state: State, memory: Memory, answer: Grounded) -> list[Json]:
    cited = {citation.chunk_id for citation in answer.citations}
    fresh = [hit.model_dump(mode="json") for hit in memory.passages if hit.chunk_id in cited]
    older = [hit for hit in state["shelf"] if hit["chunk_id"] not in cited]
    return [*older, *fresh][-SHELF:]


def _priority(state: State, relevance: float, policy: Policy) -> Priority:
    return choose_priority(
        Sentiment.model_validate(state["sentiment"]),
        Classification.model_validate(state["classification"]),
        knowledge_gap=is_knowledge_gap(relevance, policy),
        policy=policy,
        tier=state["tier"],
    )
