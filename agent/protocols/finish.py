"""Finish: everything that a turn led to is stored in one transaction, and its checkpoints are pruned."""

from typing import Any

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.model import Citation, Review, ThreadStatus, TurnStatus
from agent.protocols.facts import keep_facts, outcome_of
from agent.protocols.observe import turn_answered, turn_resumed
from agent.protocols.progress import Progress, keep_lease
from agent.protocols.tell import tell_review
from agent.state import Json
from agent.store import events, inbox, ledger, replies, reviews, threads
from agent.store.facts import settle_facts

SPOKEN_BY_PEOPLE = {"edit", "respond", "take-over"}


def finish(
    office: Backoffice, thread_id: str, turn_id: str, values: Json, progress: Progress, review: Review | None
) -> None:
    """Close the turn that left `values` behind. `review` is the one it was resumed for, None if it never paused."""
    record = make_record(office, values, progress)
    status = status_after(values)
    citations = tuple(Citation.model_validate(citation) for citation in values["citations"])
    said = {"text": values["reply"], "kind": "final", "citations": values["citations"]}
    who, author = _speaker(values, review)
    at = office.now()
    with office.database.write() as connection:
        keep_lease(office, thread_id, connection)
        if review is not None:
            _note_outcome(connection, progress, values, review)
        if review is None:  # else they were told when the turn paused
            note_troubles(progress, values)
        progress.note("RESPONSE_COMPLETE", said)
        row = inbox.find_turn(connection, turn_id)
        if row is not None and review is not None:
            record = _with_what_came_before(record, inbox.view(row).record, review)
        inbox.finish_turn(
            connection, turn_id, status="done", record=record, at=at, review_id=review.review_id if review else None
        )
        if review is None:
            keep_facts(connection, turn_id, record, outcome=outcome_of(values), at=at)
        else:
            settle_facts(connection, turn_id, at=at, node_ms=progress.timings)
        replies.add_reply(
            connection,
            reply_id=f"{turn_id}:final",
            thread_id=thread_id,
            turn_id=turn_id,
            who=who,
            author=author,
            text=values["reply"],
            citations=citations,
            at=at,
        )
        if review is not None:
            reviews.mark_applied(connection, review.review_id)
            tell_review(office, connection, "applied", review, at=at)
            target: TurnStatus = "with_person" if status == "WITH_PERSON" else "waiting"
            inbox.move_messages(connection, thread_id, source="held", target=target)
        threads.set_status(connection, thread_id, status, at=at)
        events.add_events(connection, progress.unwritten())
        events.drop_chunks(connection, turn_id)
    office.checkpoints.keep_latest(thread_id)
    if review is not None:
        turn_resumed(office, {**record, "timings": progress.timings}, review)
    elif row is not None:
        received_at, ms = row["received_at"], progress.elapsed_ms
        turn_answered(office, record, outcome=outcome_of(values), received_at=received_at, worked_ms=ms)


def note_troubles(progress: Progress, values: Json) -> None:
    """Tell operators, not the customer, which steps an engine could not do."""
    for call in values.get("engine_calls", ()):
        if call["trouble"]:
            progress.note("ERROR", {"message": call["trouble"], "step": call["step"], "done_by": call["engine"]})


def _note_outcome(connection: Connection, progress: Progress, values: Json, review: Review) -> None:
    # told by the ledger and with it, not by the node: a node runs again after a crash, and may end without paying
    told = {"action_result": values["action_result"]}
    if ledger.is_paid(connection, review.review_id):
        progress.note("REFUND_ISSUED", told, "issue_refund")
    elif review.kind == "refund" and review.decided_action in {"deny", "expire"}:
        progress.note("REFUND_DENIED", told, "refund_denied")


def status_after(values: Json) -> ThreadStatus:
    """Where a finished turn leaves its thread."""
    action = (values["decision"] or {}).get("action")
    if action == "take-over":
        return "WITH_PERSON"
    if action == "expire":
        return "EXPIRED"
    return "DONE" if values["awaiting"] in {None, "objection"} else "AWAITING_CUSTOMER"


def make_record(office: Backoffice, values: Json, progress: Progress) -> Json:
    """The decision record of a turn, as pages and programs read it."""
    return {
        "classification": values["classification"],
        "sentiment": values["sentiment"],
        "hits": values["hits"],
        "routing": values["routing"],
        "timings": progress.timings,
        "engine": office.services.language.name,
        "policy": progress.policy.label,
        "language": values.get("language", "en"),
        "tool_calls": values.get("tool_calls", []),
        "engine_calls": values.get("engine_calls", []),
        "memory": values.get("memory"),
        "summary": values.get("summary", ""),
        "reply": values["reply"],
        "awaiting": values["awaiting"],
        "citations": values["citations"],
        "ticket": values["ticket_number"],
        "review_id": None,
        "action_result": values["action_result"],
        "answer_confidence": values.get("answer_confidence"),
    }


def _with_what_came_before(record: Json, before: Json, review: Review) -> Json:
    timings: dict[str, Any] = {**before.get("timings", {}), **record["timings"]}
    policies = {"policy": before.get("policy", record["policy"]), "policy_after_pause": record["policy"]}
    return {**record, **policies, "timings": timings, "review_id": review.review_id}


def _speaker(values: Json, review: Review | None) -> tuple[str, str]:
    decision = values["decision"]
    if review is None or decision is None or not decision["reply"]:
        return "agent", "agent"
    if review.first is not None and decision["action"] == "approve":
        return "person", review.first.subject  # who confirmed sends the words of who decided
    return ("person", str(decision["subject"])) if decision["action"] in SPOKEN_BY_PEOPLE else ("agent", "agent")
