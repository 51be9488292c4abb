"""The tables. Times are texts (`agent.timestamps`), money is integer minor units, JSON is canonical text."""

from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Float,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    event,
    text,
)

from agent.store.columns import Integer, Text

metadata = MetaData()


def _only(condition: str) -> dict[str, Any]:
    """An index over the rows of which this is true."""
    return {f"{dialect}_where": text(condition) for dialect in ("sqlite", "postgresql")}


_STANDING = _only("withdrawn_at IS NULL")
"""Decisions that were called back do not count."""

threads = Table(
    "threads",
    metadata,
    Column("thread_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Text),
    Column("demo", Integer, nullable=False, server_default="0"),
    Index("threads_by_update", "updated_at"),
    Index("threads_leased", "lease_owner", **_only("lease_owner IS NOT NULL")),
)

# One row is one message of a customer and the turn that it starts.
inbox = Table(
    "inbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("turn_id", Text, nullable=False, unique=True),
    Column("thread_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("attempts", Integer, nullable=False),
    Column("review_id", Text),
    Column("record", Text),
    Column("error", Text),
    Column("traceparent", Text),
    Index("inbox_by_thread", "thread_id", "seq"),
    Index("inbox_open", "status", "seq", **_only("status IN ('waiting', 'running')")),
)

replies = Table(
    "replies",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("reply_id", Text, nullable=False, unique=True),
    Column("thread_id", Text, nullable=False),
    Column("turn_id", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("citations", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("replies_by_thread", "thread_id", "seq"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("review_id", Text, nullable=False, unique=True),
    Column("thread_id", Text, nullable=False),
    Column("turn_id", Text, nullable=False),
    Column("interrupt_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("requester", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("order_number", Text),
    Column("amount_minor", Integer),
    Column("currency", Text),
    Column("recommendation", Text, nullable=False),
    Column("clauses", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_sha256", Text, nullable=False),
    Column("graph_version", Text, nullable=False),
    Column("team", Text, nullable=False, server_default="billing"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("look_alike", Text, nullable=False, server_default=""),
    Column("check_case", Text),
    Column("claimed_by", Text),
    Column("claimed_until", Text),
    Column("first_claimed_at", Text),
    Column("held_until", Text),
    Column("second_interrupt_id", Text),
    Column("decided_at", Text),
    Column("decided_by", Text),
    Column("decided_action", Text),
    UniqueConstraint("thread_id", "interrupt_id"),
    Index("reviews_queue", "status", "due_at", "seq"),
    Index("reviews_by_thread", "thread_id", "status"),
    Index("reviews_figures", "status", "due_at", "created_at", "currency", "amount_minor"),
    Index("reviews_by_decision", "decided_at"),
    Index(
        "reviews_alike",
        "status",
        "look_alike",
        "recommendation",
        "currency",
        "due_at",
        "seq",
        "amount_minor",
        "expires_at",
    ),
)

# One row is one seat of a review: who approved first, who confirmed. Nobody sits on two of them.
decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True, autoincrement=True),
    Column("review_id", Text, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("subject_key", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text),
    Column("note", Text, nullable=False),
    Column("amount_minor", Integer),
    Column("currency", Text),
    Column("reply", Text),
    Column("subject", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("payload_sha256", Text, nullable=False),
    Column("seen_at", Text),
    Column("changes", Text, nullable=False, server_default="[]"),
    Column("decided_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    Index("decisions_by_seat", "review_id", "seat", unique=True, **_STANDING),
    Index("decisions_by_person", "review_id", "subject_key", unique=True, **_STANDING),
    Index("decisions_by_time", "decided_at"),
)

# When a person first had a review's evidence on the screen.
views = Table(
    "views",
    metadata,
    Column("review_id", Text, primary_key=True),
    Column("subject_key", Text, primary_key=True),
    Column("seen_at", Text, nullable=False),
)

# What somebody would have decided who did not see what was decided.
second_looks = Table(
    "second_looks",
    metadata,
    Column("review_id", Text, primary_key=True),
    Column("subject_key", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Roles given, or taken away, at this desk; they count more than what a sign-in says.
people = Table(
    "people",
    metadata,
    Column("subject_key", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("thread_id", Text),
    Column("review_id", Text),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("mac", Text, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("key", Text, primary_key=True),
    Column("review_id", Text, nullable=False),
    Column("thread_id", Text, nullable=False),
    Column("order_number", Text),
    Column("amount_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reference", Text),
    Column("entered_at", Text, nullable=False),
    Column("paid_at", Text),
    CheckConstraint("amount_minor > 0"),
    Index("ledger_by_order", "order_number"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("thread_id", Text, nullable=False),
    Column("turn_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("desk", Text),
    Column("desk_number", Text),
    Column("desk_url", Text),
    Column("desk_status", Text),
    Column("closed_at", Text),
)

# What has to go to another system, written together with the deed that it tells of.
deliveries = Table(
    "deliveries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("delivery_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("thread_id", Text, nullable=False),
    Column("turn_id", Text),
    Column("body", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("next_at", Text, nullable=False),
    Column("give_up_at", Text),
    Column("finished_at", Text),
    Column("owner", Text),
    Column("error", Text),
    Index("deliveries_due", "status", "target", "next_at"),
    Index("deliveries_about", "about"),
)

# What is known of the systems that deliveries go to: pace, rest after trouble, how far changes were read.
endpoints = Table(
    "endpoints",
    metadata,
    Column("target", Text, primary_key=True),
    Column("free_at", Text),
    Column("rest_until", Text),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("trouble", Text),
    Column("trouble_kind", Text),
    Column("trouble_at", Text),
    Column("looked_at", Text),
    Column("bookmark", Text),
    Column("look_trouble", Text),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("thread_id", Text, nullable=False),
    Column("turn_id", Text),
    Column("type", Text, nullable=False),
    Column("node", Text),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("events_by_thread", "thread_id", "seq"),
)

# What was found out about a turn, one row each, for figures and for trying other thresholds; never a judgement.
# Written when the customer has the first reply; `settled_at` follows when a review of the turn was carried out.
turn_facts = Table(
    "turn_facts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("turn_id", Text, nullable=False, unique=True),
    Column("thread_id", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("answered_at", Text, nullable=False),
    Column("settled_at", Text),
    Column("outcome", Text, nullable=False),
    Column("lane", Text),
    Column("subject_rule", Text),
    Column("rules", Text, nullable=False),
    Column("rules_apply", Integer, nullable=False),
    Column("understood", Integer, nullable=False),
    Column("language", Text),
    Column("intent", Text),
    Column("confidence", Float),
    Column("topic", Text),
    Column("topic_confidence", Float),
    Column("category", Text),
    Column("category_confidence", Float),
    Column("asks_for_person", Integer),
    Column("sentiment", Text),
    Column("score", Float),
    Column("relevance", Float),
    Column("answer_confidence", Float),
    Column("priority", Text),
    Column("tone", Text),
    Column("cited", Text, nullable=False),
    Column("best_article", Text),
    Column("engine", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_usd", Float),
    Column("node_ms", Text, nullable=False),
    Column("demo", Integer, nullable=False, server_default="0"),
    Index("facts_by_thread", "thread_id", "seq"),
    Index("facts_unsettled", "settled_at", **_only("settled_at IS NULL")),
)

# What customers said about a turn, 1 (poor) to 5 (good); the last word counts.
ratings = Table(
    "ratings",
    metadata,
    Column("turn_id", Text, primary_key=True),
    Column("thread_id", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("rating BETWEEN 1 AND 5"),
    Index("ratings_by_time", "at"),
)

# What somebody says who looked at a turn afterwards without seeing what the desk did with it.
labels = Table(
    "labels",
    metadata,
    Column("turn_id", Text, primary_key=True),
    Column("subject_key", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("sample", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Every policy that was saved here; the latest is in force.
policies = Table(
    "policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("fields", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("restored_from", Integer),
)

# Keys that programs bring; only a hash of each is kept.
api_keys = Table(
    "api_keys",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key_id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("customer_id", Text),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("revoked_at", Text),
    Column("revoked_by", Text),
)

# Articles that came to this desk after it was installed, and words on those that came with it.
articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("approved_by", Text),
    Column("approved_at", Text),
    Column("review_id", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("saved_by", Text),
    Column("saved_at", Text),
    Index("articles_by_source", "source", "place"),
)

# Runs of taking articles in: what was found, and what became of it.
ingestions = Table(
    "ingestions",
    metadata,
    Column("ingestion_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("status", Text, nullable=False),
    Column("report", Text, nullable=False),
)

# Questions that had no answer, asked again after an article came; how likely an answer was before and after.
asked_again = Table(
    "asked_again",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("turn_id", Text, primary_key=True),
    Column("relevance_before", Float, nullable=False),
    Column("relevance_after", Float, nullable=False),
    Column("answered_before", Integer, nullable=False),
    Column("answered_after", Integer, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
)

gap_questions = Table(
    "gap_questions",
    metadata,
    Column("turn_id", Text, primary_key=True),
    Column("gap_id", Text, nullable=False),
)

_REFUSAL = {
    "sqlite": "CREATE TRIGGER audit_no_{name} BEFORE {verb} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END",
    "postgresql": "CREATE TRIGGER audit_no_{name} BEFORE {verb} ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
}

_APPEND_ONLY = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit chain is append-only'; END $$
"""


def _after_audit(statement: str, dialect: str) -> None:
    """Run this once the audit table is made, in databases of this kind."""
    event.listen(audit, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this constructor untyped


_after_audit(_APPEND_ONLY, "postgresql")
for _dialect, _statement in _REFUSAL.items():
    for _verb in ("UPDATE", "DELETE"):
        _after_audit(_statement.format(name=_verb.lower(), verb=_verb), _dialect)
_after_audit(_REFUSAL["postgresql"].format(name="truncate", verb="TRUNCATE"), "postgresql")
