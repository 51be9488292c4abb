"""Put together everything a person needs to take over, and freeze it before anybody is asked."""

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from agent.model import (
    Answer,
    Classification,
    Evidence,
    Hit,
    Order,
    Routing,
    Sentiment,
    SpokenLine,
    Ticket,
)
from agent.proposals import conversation, make_proposal
from agent.services import Services
from agent.state import Json, State
from agent.ticketing import open_ticket
from agent.wording import draft_for, handed_over, with_tone

SUMMARY_WORDS = 150


def prepare_handoff(state: State, runtime: Runtime[Services]) -> Json:
    """A ticket, a proposal for the reviewer with a draft reply, and the reply until a person has looked."""
    services = runtime.context
    routing = Routing.model_validate(state["routing"])
    lines = conversation(state["messages"])
    summary = services.language.summarise(lines, SUMMARY_WORDS)
    ticket = open_ticket(
        state,
        services,
        kind="escalation",
        priority=routing.priority,
        subject=state["text"],
        body=_ticket_body(state, summary, lines),
        since=state["received_at"],
    )
    evidence = _evidence(state, routing, summary, lines, ticket)
    proposal = make_proposal(
        state, services.policy, kind="escalation", priority=routing.priority, evidence=evidence, amount=None
    )
    reply = with_tone(routing.tone, handed_over(ticket.number, ticket.due_at))
    return {
        "awaiting": None,
        "proposal": proposal,
        "ticket_number": ticket.number,
        "reply": reply,
        "messages": [AIMessage(content=reply, id=f"{state['turn_id']}:holding")],
    }


def _evidence(state: State, routing: Routing, summary: str, lines: tuple[SpokenLine, ...], ticket: Ticket) -> Evidence:
    sentiment = Sentiment.model_validate(state["sentiment"])
    classification = Classification.model_validate(state["classification"])
    unsent = Answer.model_validate(state["unsent_answer"]) if state["unsent_answer"] else None
    usable = unsent is not None and bool(unsent.text)
    signals = ", ".join(sentiment.signals)
    return Evidence(
        request=state["text"],
        summary=summary,
        recommendation="look closer",
        reasons=tuple(f"{rule.name.replace('_', ' ')}" for rule in routing.rules if rule.effect == "escalate")
        or (f"The {routing.lane} lane is handled by people",),
        order=Order.model_validate(state["order"]) if state["order"] else None,
        ticket_number=ticket.number,
        draft=unsent.text if unsent is not None and usable else draft_for(classification.topic),
        emotional_state=f"{sentiment.label} ({sentiment.score:+.2f})" + (f": {signals}" if signals else ""),
        sentiment_scores=tuple(state["mood"]),
        transcript=lines,
        citations=unsent.citations if unsent is not None and usable else (),
        hits=tuple(Hit.model_validate(hit) for hit in state["hits"]),
        rules=routing.rules,
    )


def _ticket_body(state: State, summary: str, lines: tuple[SpokenLine, ...]) -> str:
    titles = "\n".join(f"- {hit['title']}" for hit in state["hits"])
    said = "\n".join(f"{line.who}: {line.text}" for line in lines)
    return f"{summary}\n\nArticles looked at:\n{titles}\n\nConversation:\n{said}"
