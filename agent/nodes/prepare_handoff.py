"""Put together everything a person needs to take over, and freeze it before anybody is asked."""

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from agent.memory import recall
from agent.model import (
    Classification,
    EngineCall,
    Evidence,
    Grounded,
    Handover,
    Hit,
    Memory,
    Order,
    ReviewKind,
    Routing,
    Sentiment,
    SpokenLine,
)
from agent.ports.language import HandoverTask
from agent.proposals import conversation, make_proposal
from agent.reading.summary import summarise
from agent.services import Services
from agent.sorting import choose_team
from agent.state import Json, State
from agent.ticketing import due_after, open_ticket
from agent.voice import voice_of


def prepare_handoff(state: State, runtime: Runtime[Services]) -> Json:
    """A proposal for the reviewer with a draft reply, a ticket unless only a draft is checked, a reply until then."""
    services, voice = runtime.context, voice_of(state)
    routing = Routing.model_validate(state["routing"])
    lines = conversation(state["messages"])
    memory = recall(lines=lines, summary=state["summary"], passages=_hits(state), shelf=(), policy=services.policy)
    calls: list[EngineCall] = []
    package = _package(state, services, memory, calls)
    kind: ReviewKind = "draft" if any(rule.effect == "review" for rule in routing.rules) else "escalation"
    number, due_at = None, due_after(state["received_at"], routing.priority, services.policy)
    if kind == "escalation":
        ticket = open_ticket(
            state,
            services,
            kind="escalation",
            priority=routing.priority,
            subject=state["text"],
            body=package.summary,
            since=state["received_at"],
        )
        number, due_at = ticket.number, ticket.due_at
    evidence = _evidence(state, routing, package, lines, number)
    classification = Classification.model_validate(state["classification"])
    proposal = make_proposal(
        state,
        services.policy,
        kind=kind,
        priority=routing.priority,
        team=choose_team(classification, evidence, services.policy),
        evidence=evidence,
        amount=None,
    )
    sentence = voice.phrases.draft_held if kind == "draft" else voice.phrases.handed_over
    reply = voice.say(sentence, number=number, due=due_at)
    return {
        "awaiting": None,
        "task": None,
        "proposal": proposal,
        "ticket_number": number,
        "reply": reply,
        "memory": memory.model_dump(mode="json", exclude={"lines", "passages", "summary"}),
        "engine_calls": [call.model_dump(mode="json") for call in calls],
        "messages": [AIMessage(content=reply, id=f"{state['turn_id']}:holding")],
    }


def _package(state: State, services: Services, memory: Memory, calls: list[EngineCall]) -> Handover:
    """Summary, suggestion and draft. An answer that was tried is the draft: no turn waits for a third call."""
    classification = Classification.model_validate(state["classification"])
    unsent = Grounded.model_validate(state["unsent_answer"]) if state["unsent_answer"] else None
    if unsent is not None and unsent.text:
        return Handover(
            summary=summarise(memory.lines, services.policy.summary_words),
            suggestion="Check the draft against its sources, and send it as it is or mended.",
            draft=unsent.text,
        )
    task = HandoverTask(
        topic=classification.topic,
        tone=Routing.model_validate(state["routing"]).tone,
        language=state["language"],
        memory=memory,
        max_words=services.policy.summary_words,
    )
    return services.language.hand_over(task, calls.append)


def _evidence(
    state: State, routing: Routing, package: Handover, lines: tuple[SpokenLine, ...], ticket_number: str | None
) -> Evidence:
    sentiment = Sentiment.model_validate(state["sentiment"])
    unsent = Grounded.model_validate(state["unsent_answer"]) if state["unsent_answer"] else None
    signals = ", ".join(sentiment.signals)
    return Evidence(
        request=state["text"],
        summary=package.summary,
        suggestion=package.suggestion,
        recommendation="look closer",
        reasons=tuple(
            f"{rule.name.replace('_', ' ')}" for rule in routing.rules if rule.effect in {"escalate", "review"}
        )
        or (f"The {routing.lane} lane is handled by people",),
        order=Order.model_validate(state["order"]) if state["order"] else None,
        ticket_number=ticket_number,
        draft=package.draft,
        emotional_state=f"{sentiment.label} ({sentiment.score:+.2f})" + (f": {signals}" if signals else ""),
        sentiment_scores=tuple(state["mood"]),
        transcript=lines,
        citations=unsent.citations if unsent is not None and unsent.text else (),
        hits=tuple(_hits(state)),
        rules=routing.rules,
    )


def _hits(state: State) -> list[Hit]:
    return [Hit.model_validate(hit) for hit in state["hits"]]
