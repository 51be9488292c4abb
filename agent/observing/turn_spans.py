"""The spans of a turn: the turn itself, its nodes, what it looked up, answered and handed over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from langgraph.errors import GraphBubbleUp
from langgraph.runtime import Runtime
from opentelemetry.trace import Span

from agent.observing.spans import Attributes, content, note, past_span, span
from agent.observing.tracing import tracing

AGENT = "support-triage"
ESCALATIONS = {"escalation", "draft"}
"""Kinds of reviews that are hand-overs; a refund waits for a decision, whoever could have answered."""

Json = dict[str, Any]
Step = Callable[[Any, Runtime[Any]], Json]
Describe = Callable[[Any, Runtime[Any], Json], Attributes]


@contextmanager
def turn_span(thread_id: str, turn_id: str, *, parent: str | None, resumed: bool = False) -> Iterator[Span]:
    """One run of a turn: a root, or below the request that brought the message or the run that paused."""
    attributes: Attributes = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.provider.name": AGENT,
        "gen_ai.agent.name": AGENT,
        "gen_ai.conversation.id": thread_id,
        "support.turn.id": turn_id,
        "support.turn.resumed": resumed,
    }
    with span(f"invoke_agent {AGENT}", attributes, parent=parent) as one:
        yield one


def observed(name: str, step: Step) -> Step:
    """The step of a graph with a span around it, and in it one of the desk's own where it looks up or answers."""
    inner = INNER.get(name)

    @wraps(step)
    def seen(state: Any, runtime: Runtime[Any]) -> Json:
        if tracing() is None:
            return step(state, runtime)
        with span(f"node {name}", {"support.node.name": name}, passes=(GraphBubbleUp,)):
            try:
                result = _with_inner_span(inner, step, state, runtime)
            except GraphBubbleUp:
                note({"support.node.status": "paused"})  # a gate leaves by an exception
                raise
            except Exception:
                note({"support.node.status": "failed"})
                raise
            note({"support.node.status": "done"})
            return result

    return seen


def _with_inner_span(inner: tuple[str, Describe] | None, step: Step, state: Any, runtime: Runtime[Any]) -> Json:
    if inner is None:
        return step(state, runtime)
    title, describe = inner
    with span(title):
        result = step(state, runtime)
        note(describe(state, runtime, result))
        return result


def _retrieved(state: Any, runtime: Runtime[Any], result: Json) -> Attributes:
    hits = result["hits"]
    return {
        "question": content(state["text"]),
        "documents_retrieved": len(hits),
        "top_score": hits[0]["relevance"] if hits else 0.0,
        "runbooks_searched": runtime.context.knowledge.articles,
    }


def _generated(state: Any, _runtime: Runtime[Any], result: Json) -> Attributes:
    hits = state["hits"]
    return {
        "confidence_score": result["answer_confidence"],
        "best_retrieval_score": hits[0]["relevance"] if hits else 0.0,
        "needs_escalation": "unsent_answer" in result,
        "category": state["classification"]["category"],
        "answer": content(result.get("reply") or result.get("unsent_answer", {}).get("text", "")),
    }


INNER: dict[str, tuple[str, Describe]] = {
    "retrieve": ("support.retrieve", _retrieved),
    "handle_faq": ("support.generate", _generated),
}
"""Node → the span in it, and what it tells."""


def escalation_span(kind: str, record: Json, *, resolved_after_ms: float | None, by_person: bool = False) -> None:
    """A hand-over: once when it begins, and once, as long as it took, when it was decided or nobody did in time."""
    if kind not in ESCALATIONS or tracing() is None:
        return
    read = record.get("classification") or {}
    past_span(
        "support.escalate",
        {
            "confidence_score": _confidence(record),
            "category": read.get("category"),
            "engineer_resolved": by_person,
            "resolution_time_ms": resolved_after_ms,
            "support.review.kind": kind,
            "support.escalate.phase": "opened" if resolved_after_ms is None else "closed",
        },
        ms=resolved_after_ms or 0.0,
    )


def _confidence(record: Json) -> float | None:
    """The engine's mark for the answer that it did not send; where it wrote none, how sure it was what is asked."""
    answered = record.get("answer_confidence")
    found = (record.get("classification") or {}).get("confidence")
    return answered if answered is not None else None if found is None else 10 * found
