"""Facts on turns, ratings, labels, saved policies, added articles, keys, deliveries; demo threads are marked.

Facts are made up for turns of past releases from their decision records, as far as those tell.
There is no way down: who wants the old file back takes the copy that was made before.
"""

import json
from collections.abc import Iterator
from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, Float, Integer, Text, column, select, table, text

revision = "0003"
down_revision = "0002"

BATCH = 1000
INBOX = "seq turn_id thread_id status received_at finished_at record"


def upgrade() -> None:
    """Keep every row; raises what the database raises."""
    with op.batch_alter_table("threads") as threads:
        threads.add_column(Column("demo", Integer, nullable=False, server_default="0"))
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(Column("traceparent", Text))
    op.create_index("threads_leased", "threads", ["lease_owner"], sqlite_where=text("lease_owner IS NOT NULL"))
    _add_tables()
    _add_deliveries()
    _make_up_facts()


def _add_tables() -> None:
    op.create_table(
        "turn_facts",
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
    )
    op.create_table(
        "ratings",
        Column("turn_id", Text, primary_key=True),
        Column("thread_id", Text, nullable=False),
        Column("rating", Integer, nullable=False),
        Column("comment", Text, nullable=False),
        Column("at", Text, nullable=False),
        CheckConstraint("rating BETWEEN 1 AND 5"),
    )
    op.create_table(
        "labels",
        Column("turn_id", Text, primary_key=True),
        Column("subject_key", Text, primary_key=True),
        Column("subject", Text, nullable=False),
        Column("sample", Text, nullable=False),
        Column("verdict", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("at", Text, nullable=False),
    )
    op.create_table(
        "policies",
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("fields", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("restored_from", Integer),
    )
    op.create_table(
        "api_keys",
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
    op.create_table(
        "articles",
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
    )
    op.create_table(
        "ingestions",
        Column("ingestion_id", Text, primary_key=True),
        Column("source", Text, nullable=False),
        Column("started_by", Text, nullable=False),
        Column("started_at", Text, nullable=False),
        Column("finished_at", Text),
        Column("status", Text, nullable=False),
        Column("report", Text, nullable=False),
    )
    op.create_table(
        "asked_again",
        Column("article_id", Text, primary_key=True),
        Column("turn_id", Text, primary_key=True),
        Column("relevance_before", Float, nullable=False),
        Column("relevance_after", Float, nullable=False),
        Column("answered_before", Integer, nullable=False),
        Column("answered_after", Integer, nullable=False),
        Column("why", Text, nullable=False, server_default=""),
        Column("at", Text, nullable=False),
    )
    op.create_table(
        "gap_questions",
        Column("turn_id", Text, primary_key=True),
        Column("gap_id", Text, nullable=False),
    )
    op.create_index("facts_by_thread", "turn_facts", ["thread_id", "seq"])
    op.create_index("facts_unsettled", "turn_facts", ["settled_at"], sqlite_where=text("settled_at IS NULL"))
    op.create_index("ratings_by_time", "ratings", ["at"])
    op.create_index("articles_by_source", "articles", ["source", "place"])


def _add_deliveries() -> None:
    with op.batch_alter_table("tickets") as tickets:
        for name in ("desk", "desk_number", "desk_url", "desk_status", "closed_at"):
            tickets.add_column(Column(name, Text))
    op.create_table(
        "deliveries",
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
    )
    op.create_table(
        "endpoints",
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
    op.create_index("deliveries_due", "deliveries", ["status", "target", "next_at"])
    op.create_index("deliveries_about", "deliveries", ["about"])


def _make_up_facts() -> None:
    facts = table("turn_facts", *(column(name) for name in FACTS))
    rows: list[dict[str, Any]] = []
    for row in _finished_turns():
        rows.append(row)
        if len(rows) == BATCH:
            op.bulk_insert(facts, rows)
            rows = []
    if rows:
        op.bulk_insert(facts, rows)


def _finished_turns() -> Iterator[dict[str, Any]]:
    inbox = table("inbox", *(column(name) for name in INBOX.split()))
    threads = table("threads", column("thread_id"), column("customer_id"), column("channel"))
    wanted = (
        select(inbox, threads.c.customer_id, threads.c.channel)
        .join(threads, threads.c.thread_id == inbox.c.thread_id)
        .where(inbox.c.status.in_(("done", "paused", "failed", "with_person")), inbox.c.finished_at.is_not(None))
        .order_by(inbox.c.seq)
    )
    for row in op.get_bind().execute(wanted).mappings().all():
        yield _facts_of(dict(row), json.loads(row["record"]) if row["record"] else {})


def _facts_of(row: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = dict.fromkeys(FACTS) | {
        "turn_id": row["turn_id"],
        "thread_id": row["thread_id"],
        "customer_id": row["customer_id"],
        "channel": row["channel"],
        "received_at": row["received_at"],
        "answered_at": row["finished_at"],
        "settled_at": None if row["status"] == "paused" else row["finished_at"],
        "outcome": _outcome(row, record),
        "rules": "",
        "rules_apply": 1,
        "understood": 0,
        "cited": "",
        "engine": "",
        "policy": "",
        "input_tokens": 0,
        "output_tokens": 0,
        "node_ms": "{}",
    }
    if "classification" not in record or not record.get("classification"):
        return facts
    read, mood, routing = record["classification"], record["sentiment"], record["routing"]
    hits, calls = record.get("hits") or [], record.get("engine_calls") or []
    costs = [call["cost_usd"] for call in calls if call.get("cost_usd") is not None]
    names = "intent confidence topic topic_confidence category category_confidence asks_for_person"
    return facts | {
        "lane": routing["lane"],
        "rules": ",".join(rule["name"] for rule in routing["rules"]),
        "language": record.get("language"),
        **{name: read.get(name) for name in names.split()},
        "sentiment": mood["label"],
        "score": mood["score"],
        "relevance": hits[0]["relevance"] if hits else None,
        "best_article": hits[0]["article_id"] if hits else None,
        "priority": routing.get("priority"),
        "tone": routing.get("tone"),
        "cited": ",".join(dict.fromkeys(each["article_id"] for each in record.get("citations") or [])),
        "engine": record.get("engine", ""),
        "policy": record.get("policy", ""),
        "input_tokens": sum(call.get("input_tokens", 0) for call in calls),
        "output_tokens": sum(call.get("output_tokens", 0) for call in calls),
        "cost_usd": sum(costs) if costs else None,
        "node_ms": json.dumps(record.get("timings") or {}, sort_keys=True, separators=(",", ":")),
    }


def _outcome(row: dict[str, Any], record: dict[str, Any]) -> str:
    if row["status"] == "failed":
        return "failed"
    if row["status"] == "paused" or record.get("review_id"):
        return "review"
    return "asked" if record.get("awaiting") not in {None, "objection"} else "answered"


FACTS = (
    "turn_id",
    "thread_id",
    "customer_id",
    "channel",
    "received_at",
    "answered_at",
    "settled_at",
    "outcome",
    "lane",
    "subject_rule",
    "rules",
    "rules_apply",
    "understood",
    "language",
    "intent",
    "confidence",
    "topic",
    "topic_confidence",
    "category",
    "category_confidence",
    "asks_for_person",
    "sentiment",
    "score",
    "relevance",
    "answer_confidence",
    "priority",
    "tone",
    "cited",
    "best_article",
    "engine",
    "policy",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "node_ms",
)
