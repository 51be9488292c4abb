"""What the made-up year holds of each turn agrees with the desk's own rules and readings."""

import json
from typing import Any

import pandas as pd

from agent.backoffice import Backoffice
from agent.canonical import canonical_json, digest
from agent.demo_history.year import V1, V2, V3
from agent.graph import NODES
from agent.model import Classification, Entities, Evidence, Routing, Sentiment
from agent.policy import Policy
from agent.protocols import facts as protocol
from agent.protocols.decide import get_review
from agent.rules import (
    MOOD_TURNS,
    answer_shortfalls,
    choose_answer_route,
    choose_lane,
    choose_priority,
    count_streaks,
    escalation_rules,
    is_knowledge_gap,
    soft_review_rule,
)
from agent.settings import DATA
from agent.state import Streaks
from tests.flow.made_up_year import COUNT, YEAR, each, frame

POLICIES: dict[str, Policy] = {policy.label: policy for policy in (V1, V2, V3)}


def test_replaying_the_rules_gives_what_was_recorded(turns: pd.DataFrame) -> None:
    for _, thread in turns.groupby("thread_id", sort=False):
        mood: list[float] = []
        streaks = Streaks(low_confidence=0, unknown=0)
        for row in each(thread):
            mood = [*mood, row.score][-MOOD_TURNS:]
            expected, streaks = replayed(row, mood, streaks)
            assert row.rules.split(",") == expected, row.turn_id


def replayed(row: Any, mood: list[float], streaks: Streaks) -> tuple[list[str], Streaks]:
    """The rules that the pure functions give for these facts under the policy of that day."""
    policy = POLICIES[row.policy]
    seen, sentiment = read(row)
    streaks = count_streaks(seen, streaks, policy, understood_anyway=bool(row.understood))
    rules = escalation_rules(seen, sentiment, mood, streaks, policy) if row.rules_apply else ()
    names = [rule.name for rule in rules]
    subject_rule: str = row.subject_rule
    keeps_gate = subject_rule == "lane_refund_decided_by_a_person" and "person_requested" not in names
    chosen = "lane_escalation" if names and not keeps_gate else subject_rule
    names.append(chosen)
    if chosen in {"lane_faq", "lane_faq_by_article"}:
        relevance, mark = row.relevance, row.answer_confidence
        shortfalls = answer_shortfalls(relevance, mark, policy)
        route = choose_answer_route(relevance, mark, shortfalls, policy)
        held = (soft_review_rule(relevance, mark, policy),) if route == "review" else shortfalls
        names += [rule.name for rule in held]
        assert (row.outcome == "review") is (route in {"review", "escalate"})
        gap = is_knowledge_gap(relevance, policy) and route != "answered"
        assert row.priority == choose_priority(sentiment, seen, knowledge_gap=gap, policy=policy)
    else:
        is_refund = chosen == "lane_refund_decided_by_a_person"
        assert (row.outcome == "review") is (is_refund or chosen == "lane_escalation")
    return names, streaks


def read(row: Any) -> tuple[Classification, Sentiment]:
    """What the rules looked at."""
    fields = ("intent", "confidence", "topic", "topic_confidence", "category", "category_confidence")
    seen = Classification(
        **{name: getattr(row, name) for name in fields},
        scores={},
        asks_for_person=bool(row.asks_for_person),
        person_confidence=0.0,
        entities=Entities(),
    )
    return seen, Sentiment(label=row.sentiment, score=row.score, confidence=1.0)


def test_the_subject_rule_is_the_lane_that_the_words_alone_lead_to(office: Backoffice) -> None:
    records = [(row.text, json.loads(row.record)) for row in each(frame(office.database, "inbox"))]
    by_words = {"lane_faq", "lane_issue", "lane_unknown"}
    chosen = [(text, record) for text, record in records if record["routing"]["subject_rule"] in by_words]

    assert len(chosen) > COUNT / 2
    for text, record in chosen:
        seen = Classification.model_validate(record["classification"])
        assert choose_lane(seen, (), None, text=text)[1].name == record["routing"]["subject_rule"]


def test_facts_are_those_that_the_desk_keeps_of_such_a_record(office: Backoffice, turns: pd.DataFrame) -> None:
    by_turn = {row["turn_id"]: row for row in turns.to_dict("records")}
    for row in each(frame(office.database, "inbox")):
        record = json.loads(row.record)
        kept = protocol._found(record)  # noqa: SLF001  the desk's own reading of a record
        expected = {name: value for name, value in kept.items() if name not in {"rules", "cited", "node_ms"}}
        found = by_turn[row.turn_id]

        assert row.record == canonical_json(record)
        assert {name: none_for_nan(found[name]) for name in expected} == expected
        assert found["rules"] == ",".join(kept["rules"])
        assert found["node_ms"] == canonical_json(kept["node_ms"])
        assert Routing.model_validate(record["routing"]).lane == found["lane"]


def none_for_nan(value: object) -> object:
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124  NaN alone differs from itself


def test_evidence_is_whole_and_its_digest_holds(office: Backoffice, reviews: pd.DataFrame) -> None:
    for row in each(reviews):
        payload = json.loads(row.payload)
        evidence = Evidence.model_validate(payload["evidence"])

        assert digest(payload) == row.payload_sha256
        assert (evidence.refund is not None) is (row.kind == "refund")
        assert row.created_at < row.decided_at < row.expires_at or row.decided_action == "expire"
        assert row.requester != row.decided_by
    assert all(get_review(office, review_id).status == "applied" for review_id in reviews.review_id.head(20))


def test_all_times_lie_within_the_year_and_in_order(office: Backoffice, turns: pd.DataFrame) -> None:
    first, last = YEAR.text(0.0), "2026-10-01T00:00:00.000Z"
    columns = {
        "inbox": "finished_at",
        "replies": "at",
        "reviews": "decided_at",
        "decisions": "decided_at",
        "ratings": "at",
    }

    for name, column in columns.items():
        times = frame(office.database, name)[column]
        assert (times.min() >= first, times.max() <= last) == (True, True), name
    assert (turns.received_at < turns.answered_at).all()
    assert (turns.answered_at <= turns.settled_at).all()
    for _, thread in turns.groupby("thread_id"):
        assert (thread.received_at.iloc[1:].to_numpy() > thread.settled_at.iloc[:-1].to_numpy()).all()


def test_steps_and_articles_are_the_desks_own(office: Backoffice, turns: pd.DataFrame) -> None:
    known = {file.stem for file in (DATA / "knowledge").glob("*.md")}

    assert {name for text in turns.node_ms for name in json.loads(text)} <= set(NODES)
    assert set(turns.best_article) <= known
    assert {one for cited in turns.cited if cited for one in cited.split(",")} <= known
    assert set(frame(office.database, "replies").who) == {"agent", "person"}
