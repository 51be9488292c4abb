"""What is worth keeping of a turn that just gave the customer a first reply."""

from sqlalchemy import Connection

from agent.model import Outcome, TurnFacts
from agent.state import Json
from agent.store import facts, inbox, threads

CLASSIFIED = (
    "intent",
    "confidence",
    "topic",
    "topic_confidence",
    "category",
    "category_confidence",
    "asks_for_person",
)
SHORTFALLS = {"knowledge_gap", "unsure_answer"}
"""Rules under which an answer that goes out by itself says that it is uncertain."""


def keep_facts(connection: Connection, turn_id: str, record: Json, *, outcome: Outcome, at: str) -> None:
    """Keep the facts of the turn whose decision record this is; a failed one's record tells next to nothing."""
    row = inbox.find_turn(connection, turn_id)
    if row is None:
        return
    thread = threads.get_thread(connection, row["thread_id"])
    facts.add_facts(
        connection,
        TurnFacts(
            turn_id=turn_id,
            thread_id=thread.thread_id,
            customer_id=thread.customer_id,
            channel=threads.channel_of(connection, thread.thread_id),
            received_at=row["received_at"],
            answered_at=at,
            settled_at=None if outcome == "review" else at,
            outcome=outcome,
            **_found(record),
        ),
    )


def outcome_of(values: Json) -> Outcome:
    """What a turn that ended without a review gave the customer."""
    if values["awaiting"] not in {None, "objection"}:
        return "asked"
    rules = {rule["name"] for rule in values["routing"]["rules"]}
    return "uncertain" if rules & SHORTFALLS else "answered"


def _found(record: Json) -> Json:
    if "classification" not in record:
        return {}
    read, mood, routing, hits = record["classification"], record["sentiment"], record["routing"], record["hits"]
    calls = record["engine_calls"]
    costs = [call["cost_usd"] for call in calls if call["cost_usd"] is not None]
    return {
        "lane": routing["lane"],
        "subject_rule": routing.get("subject_rule") or None,
        "rules": tuple(rule["name"] for rule in routing["rules"]),
        "rules_apply": routing.get("rules_apply", True),
        "understood": routing.get("understood", False),
        "language": record["language"],
        **{key: read[key] for key in CLASSIFIED},
        "sentiment": mood["label"],
        "score": mood["score"],
        "relevance": hits[0]["relevance"] if hits else None,
        "best_article": hits[0]["article_id"] if hits else None,
        "answer_confidence": record["answer_confidence"],
        "priority": routing["priority"],
        "tone": routing["tone"],
        "cited": tuple(dict.fromkeys(citation["article_id"] for citation in record["citations"])),
        "engine": record["engine"],
        "policy": record["policy"],
        "input_tokens": sum(call["input_tokens"] for call in calls),
        "output_tokens": sum(call["output_tokens"] for call in calls),
        "cost_usd": sum(costs) if costs else None,
        "node_ms": record["timings"],
    }
