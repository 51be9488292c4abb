"""What if: run a review with another decision through the real graph, on a thread of its own that nobody else sees.

Nothing live is written, and no live checkpoint is read: everything that the steps behind the gate need was frozen into
the review and the turn's record. The checkpoints are kept in memory, and whatever would pay, open or change something
is a dry run.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any
from uuid import uuid4

from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from pydantic import ValidationError
from sqlalchemy import Connection

from agent.adapters.dry_run import DryRunDecisions, DryRunLedger, DryRunOrders, DryRunTickets
from agent.backoffice import Backoffice, configuration, pending_interrupts
from agent.canonical import digest
from agent.errors import AlarmError, ConflictError, InvalidDecisionError
from agent.graph import Graph, build_graph
from agent.model import Decision, Event, EventType, Evidence, Review, StoredDecision, TurnView, WhatIf
from agent.ports.clock import Clock
from agent.protocols.decide import get_review
from agent.protocols.finish import status_after
from agent.protocols.refusals import checked_decision
from agent.services import Services
from agent.state import Json, State
from agent.store import events, inbox
from agent.timestamps import to_text

STEPS = {"refund": ("assess_refund", "human_gate")}
"""By kind of review: the step that froze the evidence, and the gate behind it."""
HANDOFF = ("prepare_handoff", "human_handoff")

GATES_IN_A_ROW = 2
"""What one decision has to pass at most: a large refund needs two people."""
PAGE = 1000

SOMEBODY = "a reviewer"
"""Who decides where nobody has decided yet."""
SOMEBODY_ELSE = "a second reviewer"
"""Who confirms where two people are needed."""


@dataclass(frozen=True, kw_only=True)
class _DryRun:
    """The services of one run, by what can be asked of them afterwards."""

    decisions: DryRunDecisions
    tickets: DryRunTickets
    orders: DryRunOrders
    ledger: DryRunLedger
    services: Services


def what_if(office: Backoffice, review_id: str, hypothetical: Decision) -> WhatIf:
    """What this decision would have led to, at the time when the review was decided, or now if it is still open.

    Raises UnknownReviewError, InvalidDecisionError or InvalidMessageError for what no real decision may be,
    ConflictError if the evidence is not what was shown, and AlarmError if stored facts contradict each other.
    """
    review = get_review(office, review_id)
    decision = _checked(office, review, hypothetical)
    turn, happened = _what_happened(office, review)
    run = _dry_run(office, review, decision)
    prepared_by, _gate = _gate_of(review)
    graph = build_graph(InMemorySaver())
    shadow = configuration(f"what-if:{uuid4()}")
    graph.update_state(shadow, dict(_frozen_values(review, turn)), as_node=prepared_by)
    recorder = _Recorder(review, office.services.clock, happened)
    _carry_out(graph, shadow, run, recorder, review)
    values = graph.get_state(shadow).values
    return WhatIf(
        review_id=review_id,
        hypothetical=decision,
        events=(*happened, *recorder.events),
        shared_seq=happened[-1].seq if happened else 0,
        reply=values["reply"],
        action_result=values["action_result"],
        status=status_after(values),
        payments=tuple(run.ledger.payments),
        tickets=run.tickets.opened,
        orders=run.orders.changed,
    )


def _checked(office: Backoffice, review: Review, hypothetical: Decision) -> Decision:
    """The decision as a real one would be taken down."""
    if hypothetical.seen_sha256 not in {None, review.payload_sha256, review.seen_sha256}:
        message = "The evidence is not what you were shown; nothing was tried. Load the review again."
        raise ConflictError(message)
    try:
        # values can be made past their checks, and an amount that is not a number passes every comparison
        sound = Decision.model_validate(hypothetical.model_dump(warnings=False))
        return checked_decision(_undecided(review), sound, office.policy().max_message_chars)
    except ValidationError as error:
        message = f"This is no decision: {error.errors(include_url=False)[0]['msg']}. Nothing was tried."
        raise InvalidDecisionError(message) from error
    except InvalidDecisionError as error:
        why, _, _ = str(error).partition(" Nothing was decided")  # the review may be decided long since
        message = f"{why} Nothing was tried, and nothing was changed."
        raise InvalidDecisionError(message) from error


def _undecided(review: Review) -> Review:
    """As the first person to decide found it."""
    return review.model_copy(update={"status": "pending", "first": None})


def _gate_of(review: Review) -> tuple[str, str]:
    return STEPS.get(review.kind, HANDOFF)


def _what_happened(office: Backoffice, review: Review) -> tuple[TurnView, tuple[Event, ...]]:
    """The turn, and the steps that ran in it before its gate; read together, so that they belong together."""
    _prepared_by, gate = _gate_of(review)
    with office.database.read() as connection:
        row = inbox.find_turn(connection, review.turn_id)
        if row is None or "routing" not in (turn := inbox.view(row)).record:
            message = f"The turn of review {review.review_id} has no record; nothing was tried. Look at its thread."
            raise AlarmError(message)
        ran = [event for event in _events_of(connection, review) if event.type in {"NODE_STARTED", "NODE_FINISHED"}]
    before = takewhile(lambda event: event.node != gate, ran)
    return turn, tuple(before)


def _events_of(connection: Connection, review: Review) -> Iterator[Event]:
    after = 0
    while page := events.read_events(connection, review.thread_id, after=after, limit=PAGE):
        yield from (event for event in page if event.turn_id == review.turn_id)
        after = page[-1].seq


def _frozen_values(review: Review, turn: TurnView) -> State:
    """The state in which the thread stood before its gate: a copy, put together from the review and the record."""
    evidence, record = review.evidence, turn.record
    facts = evidence.refund
    order = facts.order if facts else evidence.order
    return {
        "thread_id": review.thread_id,
        "customer_id": review.requester,
        "messages": [
            (HumanMessage if line.who == "customer" else AIMessage)(content=line.text) for line in evidence.transcript
        ],
        "language": record.get("language") or "en",
        "mood": list(evidence.sentiment_scores),
        "streaks": {"low_confidence": 0, "unknown": 0},
        "awaiting": None,  # both steps before a gate leave nothing open with the customer
        "task": None,
        "refund_request": None,
        "proven": [],
        "summary": record.get("summary", ""),
        "shelf": [],
        "turn_id": review.turn_id,
        "text": turn.text,
        "received_at": turn.received_at,
        "classification": record.get("classification") or {},
        "sentiment": record.get("sentiment") or {},
        "hits": record.get("hits") or [],
        "tier": order.customer_tier if order else None,
        "routing": record["routing"],
        "reply": "",
        "citations": [],
        "ticket_number": evidence.ticket_number,
        "action_result": None,
        "tool_calls": record.get("tool_calls") or [],
        "engine_calls": [],
        "memory": None,
        "order": order.model_dump(mode="json") if order else None,
        "order_step": None,
        "refund": facts.model_dump(mode="json") if facts else None,
        "unsent_answer": _unsent_answer(evidence),
        "proposal": review.payload,
        "to_confirm": None,
        "decision": None,
    }


def _unsent_answer(evidence: Evidence) -> Json | None:
    """An answer that was written and not sent is the draft, and the only draft that names its sources."""
    if not evidence.citations:
        return None
    cited = [citation.model_dump(mode="json") for citation in evidence.citations]
    return {"text": evidence.draft, "citations": cited, "confidence": 0.0, "dropped": []}


def _dry_run(office: Backoffice, review: Review, decision: Decision) -> _DryRun:
    at = review.decided_at or office.now()
    live = office.serving(office.policy())
    stored = StoredDecision.model_validate(
        {
            **decision.model_dump(exclude={"seen_sha256"}),
            "review_id": _shadow_id(review),
            "subject": _decider(review),
            "role": "reviewer",
            "source": "desk",
            "payload_sha256": review.payload_sha256,
            "decided_at": at,
        }
    )
    decisions = DryRunDecisions(stored, SOMEBODY_ELSE)
    tickets, orders = DryRunTickets(), DryRunOrders(live.orders)
    ledger = DryRunLedger(live.ledger, office.database, review_id=review.review_id, until=at)
    services = replace(live, tickets=tickets, orders=orders, ledger=ledger, decisions=decisions)
    return _DryRun(decisions=decisions, tickets=tickets, orders=orders, ledger=ledger, services=services)


def _decider(review: Review) -> str:
    """Who decided first; somebody, if nobody has or nobody did in time."""
    if review.first is not None:
        return review.first.subject
    by_nobody = review.decided_by is None or review.decided_action == "expire"
    return SOMEBODY if by_nobody else str(review.decided_by)


def _shadow_id(review: Review) -> str:
    return f"what-if:{review.review_id}"


def _carry_out(graph: Graph, shadow: RunnableConfig, run: _DryRun, recorder: "_Recorder", review: Review) -> None:
    """Run to the gate, and answer it with the decision; a gate behind it finds it confirmed."""
    _run(graph, shadow, None, run, recorder)
    interrupts = pending_interrupts(graph.get_state(shadow))
    if [digest(payload) for payload in interrupts.values()] != [review.payload_sha256]:
        message = (
            f"The evidence of review {review.review_id} is not what its gate shows; nothing was tried. "
            "Look at the review before anybody decides it."
        )
        raise AlarmError(message)
    for _gate in range(GATES_IN_A_ROW):
        decided = run.decisions.read(_shadow_id(review)).action
        answers = {interrupt_id: {"review_id": _shadow_id(review), "action": decided} for interrupt_id in interrupts}
        _run(graph, shadow, Command(resume=answers), run, recorder)
        interrupts = pending_interrupts(graph.get_state(shadow))
        if not interrupts:
            return
        run.decisions.confirm()
    message = f"Review {review.review_id} came to no end when it was tried; nothing was changed. Look at the graph."
    raise AlarmError(message)


def _run(graph: Graph, shadow: RunnableConfig, graph_input: Any, run: _DryRun, recorder: "_Recorder") -> None:
    for part in graph.stream(graph_input, shadow, context=run.services, stream_mode="tasks"):
        recorder.note(part)


class _Recorder:
    """What the graph does, as events that are drawn like real ones and written nowhere."""

    def __init__(self, review: Review, clock: Clock, happened: tuple[Event, ...]) -> None:
        """Count on from the last event that really happened."""
        self.events: list[Event] = []
        self._review = review
        self._clock = clock
        self._seq = happened[-1].seq if happened else 0
        self._started: dict[str, float] = {}

    def note(self, part: Mapping[str, Any]) -> None:
        """Take down that a step began or ended."""
        task_id = part["id"]
        if "triggers" in part:
            self._started[task_id] = time.perf_counter()
            self._add("NODE_STARTED", part["name"], {"task_id": task_id})
            return
        ms = round((time.perf_counter() - self._started.pop(task_id, time.perf_counter())) * 1000, 2)
        status = "failed" if part["error"] else "paused" if part["interrupts"] else "done"
        self._add("NODE_FINISHED", part["name"], {"task_id": task_id, "ms": ms, "status": status})

    def _add(self, kind: EventType, node: str, payload: Json) -> None:
        self._seq += 1
        event = Event(
            seq=self._seq,
            thread_id=_shadow_id(self._review),
            turn_id=self._review.turn_id,
            type=kind,
            node=node,
            payload=payload,
            at=to_text(self._clock.now()),
        )
        self.events.append(event)
