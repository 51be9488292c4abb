"""What a message or a decision led to, read from the tables: the same for whoever ran it."""

from agent.backoffice import Backoffice
from agent.model import ChatResult, Citation, DecisionResult, FiredRule, Receipt, Review, Sentiment
from agent.protocols.decide import get_review
from agent.state import Json
from agent.store import inbox, threads
from agent.timestamps import for_people
from agent.wording import phrases_in


def chat_result(office: Backoffice, receipt: Receipt) -> ChatResult:
    """What this message led to so far."""
    with office.database.read() as connection:
        row = inbox.find_turn(connection, receipt.turn_id)
        status = threads.get_thread(connection, receipt.thread_id).status
        phrases = phrases_in(inbox.last_language(connection, receipt.thread_id))
    if row is None:
        raise KeyError(receipt.turn_id)
    turn = inbox.view(row)
    record: Json = turn.record
    routing = record.get("routing") or {}
    queued = turn.status in {"held", "with_person"}
    reply = record.get("reply", "")
    if queued:
        reply = phrases.waits_for_decision if turn.status == "held" else phrases.waits_for_person
    return ChatResult(
        thread_id=receipt.thread_id,
        turn_id=receipt.turn_id,
        message_id=receipt.message_id,
        status=status,
        queued=queued,
        reply=reply,
        intent=(record.get("classification") or {}).get("intent"),
        route=routing.get("lane"),
        language=record.get("language"),
        rules=tuple(FiredRule.model_validate(rule) for rule in routing.get("rules", ())),
        sentiment=Sentiment.model_validate(record["sentiment"]) if record.get("sentiment") else None,
        review_id=turn.review_id,
        action_result=record.get("action_result"),
        ticket=record.get("ticket"),
        citations=tuple(Citation.model_validate(citation) for citation in record.get("citations", ())),
    )


def decision_result(office: Backoffice, review_id: str) -> DecisionResult:
    """What this decision led to."""
    review = get_review(office, review_id)
    with office.database.read() as connection:
        row = inbox.find_turn(connection, review.turn_id)
        status = threads.get_thread(connection, review.thread_id).status
    record = inbox.view(row).record if row is not None else {}
    return DecisionResult(
        review_id=review_id,
        thread_id=review.thread_id,
        status=status,
        review_status=review.status,
        action_result=_outcome(review, record),
        reply=record.get("reply", "") if review.status == "applied" else "",
        held_until=review.held_until,
        check_case=review.check_case,
    )


def _outcome(review: Review, record: Json) -> str:
    if review.check_case is not None:
        return "This was a check case: it had to be denied, and nothing is ever paid for it"
    if review.held_until is not None:
        return f"Decided; carried out at {for_people(review.held_until)} unless it is called back"
    if review.status == "awaiting_second":
        first = review.first.subject if review.first else "one person"
        return f"Approved by {first}; a second person has to confirm, nothing was paid yet"
    return str(record.get("action_result") or "Decided; being carried out")
