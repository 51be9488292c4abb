"""A desk in March with twelve turns and five reviews: small enough to count by hand."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from agent.model import FactFilter, TurnFacts
from agent.store.database import Database
from agent.store.facts import add_facts
from agent.store.ratings import keep_rating
from agent.store.tables import decisions, ledger, reviews, threads

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
ALL = FactFilter()
STEPS = ("classify", "retrieve")


def turn(turn_id: str, thread: str, at: str, lane: str | None, outcome: str, **more: Any) -> TurnFacts:
    """One turn that was answered two seconds after it came."""
    received = f"2026-03-{at}:00.000Z"
    asked = {"subject_rule": f"lane_{lane}", "rules": (f"lane_{lane}",)} if lane else {}
    settled = None if outcome == "review" else received
    return TurnFacts.model_validate(
        {
            "turn_id": turn_id,
            "thread_id": thread,
            "customer_id": "guest",
            "channel": "chat",
            "received_at": received,
            "answered_at": received.replace(":00.000Z", ":02.000Z"),
            "settled_at": settled,
            "outcome": outcome,
            "lane": lane,
        }
        | asked
        | more
    )


GAP = ("knowledge_gap", "lane_faq")

TURNS = (
    turn("t1", "A", "01T10:00", "faq", "answered", customer_id="c1", category="product", score=0.2, relevance=0.9),
    turn("t2", "A", "01T10:30", "faq", "answered", customer_id="c1", category="product", score=0.4, relevance=0.8),
    turn("t4", "B", "02T23:30", "refund", "review", category="billing", score=-0.1),
    turn("t3", "A", "03T09:00", "faq", "review", customer_id="c1", score=-0.2, relevance=0.5, rules=GAP),
    turn("t5", "C", "10T08:00", "issue", "answered", category="technical", score=-0.5, channel="email"),
    turn(
        "t6", "D", "20T10:00", "escalation", "review", customer_id="c2", category="complaint", score=-0.9,
        rules=("angry", "category_complaint", "lane_escalation"), subject_rule="lane_issue",
    ),
    turn("t10", "G", "25T07:00", None, "failed"),
    turn("t7", "E", "29T00:30", "faq", "answered", customer_id="c3", score=0.0, relevance=0.75, cost_usd=0.02),
    turn("t8", "E", "29T23:30", "faq", "uncertain", customer_id="c3", score=0.1, relevance=0.6, rules=GAP),
    turn("t11", "H", "31T02:00", "refund", "review", score=0.0),
    turn("t9", "F", "31T11:00", "order", "asked", score=0.0, node_ms={"classify": 4.0, "retrieve": 9.0}),
    turn("x1", "X", "30T11:00", "refund", "review", channel="check case 1", score=-1.0),
)  # fmt: skip


def review(review_id: str, turn_id: str, thread: str, kind: str, **more: Any) -> dict[str, Any]:
    """A review with everything that its table wants; times as day and time of March."""
    blank = dict.fromkeys(("first_claimed_at", "decided_at", "decided_by", "decided_action"))
    times = {name: f"2026-03-{at}.000Z" for name, at in more.items() if name.endswith("_at")}
    plain = {name: value for name, value in more.items() if not name.endswith("_at")}
    return {
        "review_id": review_id,
        "turn_id": turn_id,
        "thread_id": thread,
        "interrupt_id": review_id,
        "kind": kind,
        "status": "applied" if "decided_at" in more else "pending",
        "priority": "normal",
        "expires_at": "2026-04-03T00:00:00.000Z",
        "requester": "guest",
        "request": "",
        "recommendation": "look closer",
        "clauses": "[]",
        "payload": "{}",
        "payload_sha256": "",
        "graph_version": "1",
        "team": "billing",
        **blank,
        **plain,
        **times,
    }


REVIEWS = (
    review(
        "r4", "t4", "B", "refund", created_at="02T23:30:00", due_at="03T07:30:00", first_claimed_at="03T06:00:00",
        decided_at="03T06:30:00", decided_by="Sam", decided_action="edit", amount_minor=24_000, currency="USD",
    ),
    review(
        "r3", "t3", "A", "escalation", created_at="03T09:00:01", due_at="03T11:00:00", first_claimed_at="03T09:10:00",
        decided_at="03T09:30:00", decided_by="Robin", decided_action="deny", team="technical",
    ),
    review(
        "r6", "t6", "D", "escalation", created_at="20T10:00:00", due_at="20T10:30:00",
        decided_at="20T12:00:00", decided_by="Robin", decided_action="take-over", team="trust",
    ),
    review(
        "r11", "t11", "H", "refund", created_at="31T02:00:00", due_at="31T10:00:00", amount_minor=1_000, currency="EUR",
    ),
    review("rx", "x1", "X", "refund", created_at="30T11:00:00", due_at="30T12:00:00", check_case="1"),
)  # fmt: skip


def fill(database: Database) -> None:
    """Write all of it, one decision, one payment and four ratings."""
    with database.write() as connection:
        for thread in sorted({one.thread_id for one in TURNS}):
            connection.execute(
                insert(threads).values(
                    thread_id=thread, status="DONE", customer_id="guest", channel="chat", title=f"Thread {thread}",
                    created_at="2026-03-01", updated_at="2026-03-31", turns=1,
                )
            )  # fmt: skip
        for one in TURNS:
            add_facts(connection, one)
        for row in REVIEWS:
            connection.execute(insert(reviews).values(**row))
        connection.execute(
            insert(decisions).values(
                review_id="r4", seat=1, subject_key="sam", action="edit", note="", amount_minor=20_000, currency="USD",
                subject="Sam", role="reviewer", source="oidc", payload_sha256="", decided_at="2026-03-03",
                changes='[{"field": "amount"}]',
            )
        )  # fmt: skip
        connection.execute(
            insert(ledger).values(
                key="refund:r4", review_id="r4", thread_id="B", amount_minor=20_000, currency="USD", reference="p1",
                entered_at="2026-03-03", paid_at="2026-03-03",
            )
        )  # fmt: skip
        for turn_id, stars in (("t1", 1), ("t1", 5), ("t3", 2), ("t7", 4)):
            keep_rating(
                connection, turn_id=turn_id, thread_id="A", rating=stars, comment="", at="2026-03-30T00:00:00.000Z"
            )
