"""What is told of a turn and of a decision once it is stored: counters, a log line, and the attributes of its span."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

from agent.backoffice import Backoffice
from agent.errors import StorageError
from agent.model import Action, Identity, Outcome, Review
from agent.observing.spans import content, link_to, note, note_error, span
from agent.observing.tracing import tracing
from agent.observing.turn_context import working_on
from agent.observing.turn_spans import escalation_span, turn_span
from agent.state import Json
from agent.store import inbox
from agent.timestamps import seconds_between

logger = logging.getLogger(__name__)

MS = 1000
PEOPLES = set(get_args(Action))
"""What people decide; a case also ends when nobody does in time, and a decision can be called back."""
HELD_BACK = {"escalate", "review"}
"""Effects of rules that bring a person in."""


@contextmanager
def observed_turn(thread_id: str, turn_id: str, traceparent: str | None, *, resumed: bool = False) -> Iterator[None]:
    """A turn, or what is left of it after a pause: its span, and its ids on every log line."""
    with working_on(thread_id, turn_id), turn_span(thread_id, turn_id, parent=traceparent, resumed=resumed):
        yield


def kept_traceparent(office: Backoffice, turn_id: str) -> str | None:
    """The trace that a turn belongs to; None where none are made, or where it cannot be read now."""
    if tracing() is None:
        return None
    try:
        with office.database.read() as connection:
            row = inbox.find_turn(connection, turn_id)
    except StorageError:  # what is told of a decision that was stored never makes it look refused
        return None
    return None if row is None else row["traceparent"]


def turn_answered(office: Backoffice, record: Json, *, outcome: Outcome, received_at: str, worked_ms: float) -> None:
    """The customer has the first reply to a turn whose decision record this is."""
    routing, read = record["routing"], record["classification"]
    rules = [rule["name"] for rule in routing["rules"]]
    waited_s, ms = seconds_between(received_at, office.now()), round(worked_ms, 1)
    office.meters.count_turn(record, outcome=outcome, waited_s=waited_s, worked_s=worked_ms / MS)
    note(
        {
            "support.intent": read["intent"],
            "support.route": routing["lane"],
            "support.rules": rules,
            "support.outcome": outcome,
            "support.engine": record["engine"],
            "support.policy": record["policy"],
            "support.reply": content(record["reply"]),
        }
    )
    told = {"intent": read["intent"], "route": routing["lane"], "outcome": outcome, "rules": rules, "ms": ms}
    logger.info("Turn answered: %s by %s (%s), %.1f ms", outcome, routing["lane"], ", ".join(rules), ms, extra=told)


def turn_paused(office: Backoffice, record: Json, review: Review) -> None:
    """A turn waits for a person."""
    brought = [rule["name"] for rule in record["routing"]["rules"] if rule["effect"] in HELD_BACK]
    office.meters.count_review(review.kind, brought)
    escalation_span(review.kind, record, resolved_after_ms=None)


def turn_resumed(office: Backoffice, record: Json, review: Review) -> None:
    """A turn that waited for a person was carried to its end."""
    office.meters.count_nodes(record["timings"])
    waited_s = seconds_between(review.created_at, review.decided_at or office.now())
    by_person = review.decided_action != "expire"
    escalation_span(review.kind, record, resolved_after_ms=waited_s * MS, by_person=by_person)
    note({"support.decision": review.decided_action, "support.reply": content(record["reply"])})
    told = {"review_id": review.review_id, "kind": review.kind, "action": review.decided_action}
    logger.info("Turn resumed: %s of %s applied", review.decided_action, review.kind, extra=told)


def turn_failed(office: Backoffice) -> None:
    """The desk gave up on a turn."""
    office.meters.count_failure()
    note({"support.outcome": "failed"})


def turn_raised(error: Exception) -> None:
    """Something went wrong in a turn; it may be tried again."""
    note_error(error)


def note_decision(office: Backoffice, review: Review, identity: Identity, action: str) -> None:
    """A decision is stored."""
    seconds = seconds_between(review.created_at, office.now())
    office.meters.count_decision(review.kind, action, seconds if action in PEOPLES else None)
    told = {"review_id": review.review_id, "thread_id": review.thread_id, "kind": review.kind, "action": action}
    logger.info("Decision: %s on %s by a %s, after %.0f s", action, review.kind, identity.role, seconds, extra=told)
    if tracing() is not None:
        with span("support.decide", {"gen_ai.conversation.id": review.thread_id, "support.turn.id": review.turn_id}):
            note({"support.review.kind": review.kind, "support.decision": action, "support.role": identity.role})
            link_to(kept_traceparent(office, review.turn_id))
