"""Metrics against a desk small enough to count by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest
from sqlalchemy import insert

from agent.errors import InvalidFilterError
from agent.insights.dimensions import DIMENSIONS
from agent.insights.facts import FactBook
from agent.insights.figures import bars, behind, curve, figure, metric_named, wilson
from agent.insights.flows import flows, money, node_times
from agent.insights.metrics import METRICS
from agent.insights.periods import FIRST_DAY, LAST_DAY, edges, zone_of
from agent.insights.rows import Slice, Snapshot
from agent.model import FactFilter, Figure, TurnFacts
from agent.store.database import Database
from agent.store.facts import add_facts, settle_facts
from agent.store.ratings import keep_rating
from agent.store.sqlite import SqliteDatabase
from agent.store.tables import decisions, ledger, reviews, threads, turn_facts

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
ALL = FactFilter()


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


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The desk as above."""
    opened = SqliteDatabase(tmp_path / "desk.sqlite")
    with opened.write() as connection:
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
    yield opened
    opened.close()


@pytest.fixture
def book(database: Database) -> FactBook:
    """The facts of that desk."""
    return FactBook(database, ["classify", "retrieve"])


@pytest.fixture
def everything(book: FactBook) -> Slice:
    """All of it."""
    return Snapshot(book.read(NOW)).cut(ALL)


@pytest.mark.parametrize(
    ("name", "hits", "n"),
    [
        ("escalation_rate", 2, 11),  # t3, t6
        ("hitl_rate", 4, 11),  # t3, t4, t6, t11
        ("answered_alone", 4, 11),  # t1, t2, t7, t8
        ("failed", 1, 11),  # t10
        ("knowledge_hit_rate", 3, 5),  # t1, t2, t7 of these and t3, t8
        ("response_rate", 2, 5),  # t1, t7 of these and t2, t5, t8
        ("containment", 3, 9),  # t1 with t2, t7, t8; t9 has not ended
        ("durable_containment", 0, 5),  # t1 with t2 came back with t3
        ("reopened", 1, 5),
        ("approval_rate", 1, 1),
        ("denial_rate", 0, 1),
        ("edit_rate", 1, 3),
        ("false_escalations", 1, 2),
        ("expired", 0, 3),
        ("sla_met", 2, 4),
        ("open_past_due", 1, 1),
    ],
)
def test_shares_are_those_counted_by_hand(everything: Slice, name: str, hits: int, n: int) -> None:
    found = figure(metric_named(name), everything)

    assert found.n == n
    assert found.value == hits / n
    assert (found.low, found.high) == wilson(hits, n)
    assert len(behind(metric_named(name), everything)) == hits


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("messages", Figure(value=11, n=11)),
        ("conversations", Figure(value=10, n=10)),
        ("reviews", Figure(value=4, n=4)),
        ("open_reviews", Figure(value=1, n=4)),
        ("top_score", Figure(value=(0.9 + 0.8 + 0.5 + 0.75 + 0.6) / 5, n=5)),
        ("mood", Figure(value=-0.1, n=10)),
        ("mood_gain", Figure(value=0.2, n=1)),
        ("rating", Figure(value=11 / 3, n=3)),
        ("reply_time", Figure(value=2, p90=2, n=11)),
        ("tokens", Figure(value=0, n=11)),
        ("conversation_cost", Figure(value=0.02, n=1)),
        ("time_to_decision", Figure(value=7200, p90=None, n=4, open=1)),
        ("time_to_claim", Figure(value=23_400, p90=None, n=3, open=1)),
        ("review_time", Figure(value=1500, p90=1740, n=2)),
    ],
)
def test_other_figures_are_those_computed_by_hand(everything: Slice, name: str, expected: Figure) -> None:
    found = figure(metric_named(name), everything)

    assert found.model_dump() == pytest.approx(expected.model_dump(), abs=1e-6)


def test_the_curve_counts_open_cases_as_longer_than_until_now(everything: Slice) -> None:
    found = curve(metric_named("time_to_decision"), everything)

    assert list(found.seconds) == [0, 1799, 7200, 25_200, 36_000]
    assert found.waiting == pytest.approx((1, 0.75, 0.5, 0.25, 0.25))
    assert (found.median, found.p90, found.open) == (7200, None, 1)


def test_money_is_kept_apart_by_currency(everything: Slice) -> None:
    lines = {line.currency: line.model_dump(exclude={"currency"}) for line in money(everything)}

    assert lines["USD"] == {
        "requested": 24_000, "approved": 20_000, "denied": 0, "issued": 20_000, "on_the_way": 0, "unexplained": 0,
    }  # fmt: skip
    assert lines["EUR"] == {
        "requested": 1_000, "approved": 0, "denied": 0, "issued": 0, "on_the_way": 0, "unexplained": 0,
    }  # fmt: skip


def test_what_was_paid_beyond_an_approval_stands_out(database: Database, book: FactBook) -> None:
    with database.write() as connection:
        connection.execute(ledger.update().values(amount_minor=20_500))

    (line,) = [line for line in money(Snapshot(book.read(NOW)).cut(ALL)) if line.currency == "USD"]

    assert line.unexplained == 500


def test_every_bar_agrees_with_the_list_behind_it(everything: Slice) -> None:
    """Counts and shares by every way to divide: the list behind a bar has as many rows as the bar says."""
    checked = 0
    for metric in METRICS.values():
        for by, dimension in DIMENSIONS.items():
            if metric.subject not in dimension.subjects or metric.unit not in {"count", "share"}:
                continue
            for bar in bars(metric, by, everything):
                told = bar.figure.value or 0
                hits = told if metric.unit == "count" else round(told * bar.figure.n)
                assert len(behind(metric, everything, by, bar.key)) == hits, (metric.name, by, bar.key)
                checked += 1
    assert checked > 300


def test_a_turn_counts_for_each_of_its_reasons(everything: Slice) -> None:
    found = {bar.key: bar.figure.value for bar in bars(metric_named("messages"), "rule", everything)}

    assert found == {"knowledge_gap": 2, "angry": 1, "category_complaint": 1}


def test_flows_end_where_people_sent_them(everything: Slice) -> None:
    found = {(flow.source, flow.target): flow.turns for flow in flows(everything) if flow.column == 1}

    assert found == {
        ("faq", "answered"): 3,
        ("faq", "uncertain"): 1,
        ("faq", "denied by a person"): 1,
        ("issue", "ticket"): 1,
        ("order", "asked"): 1,
        ("refund", "changed by a person"): 1,
        ("refund", "waits for a person"): 1,
        ("escalation", "taken over by a person"): 1,
    }


def test_step_times_leave_out_turns_that_did_not_pass(everything: Slice) -> None:
    found = {one.node: (one.n, one.p50) for one in node_times(everything)}

    assert found == {"classify": (1, 4.0), "retrieve": (1, 9.0)}


@pytest.mark.parametrize(
    ("zone", "day", "turns"),
    [
        ("UTC", date(2026, 3, 29), 2),
        ("Europe/Berlin", date(2026, 3, 29), 1),  # the clocks go forward on this day
        ("Europe/Berlin", date(2026, 3, 30), 1),
        ("America/New_York", date(2026, 3, 28), 1),
    ],
)
def test_days_are_those_of_the_time_zone(book: FactBook, zone: str, day: date, turns: int) -> None:
    wanted = FactFilter(since=day, until=day, zone=zone)

    found = figure(metric_named("messages"), Snapshot(book.read(NOW)).cut(wanted))

    assert found.value == turns


@pytest.mark.parametrize(
    ("wanted", "turns", "open_cases"),
    [
        (FactFilter(category="billing"), 1, 1),
        (FactFilter(channel="email"), 1, 0),
        (FactFilter(team="technical"), 1, 1),
        (FactFilter(reviewer="Robin"), 2, 2),
        (FactFilter(reviewer="nobody"), 0, 0),
        (FactFilter(since=date(2027, 1, 1), until=date(2027, 1, 2)), 0, 0),
    ],
)
def test_filters_narrow_turns_and_reviews(book: FactBook, wanted: FactFilter, turns: int, open_cases: int) -> None:
    cut = Snapshot(book.read(NOW)).cut(wanted)

    assert figure(metric_named("messages"), cut).value == turns
    assert figure(metric_named("reviews"), cut).value == open_cases
    assert all(metric.find(cut.rows(metric.subject), cut) for metric in METRICS.values())


def test_an_empty_desk_has_figures_without_values(tmp_path: Path, open_database: Any) -> None:
    empty = FactBook(open_database(tmp_path / "desk.sqlite"), ["classify"])

    cut = Snapshot(empty.read(NOW)).cut(ALL)

    assert {figure(metric, cut).n for metric in METRICS.values()} == {0}
    assert (len(money(cut)), len(flows(cut)), len(node_times(cut))) == (0, 0, 0)
    assert curve(metric_named("time_to_decision"), cut).seconds == ()


@pytest.mark.parametrize(
    "wanted",
    [
        FactFilter(zone="Europe/Atlantis"),
        FactFilter(zone=""),
        FactFilter(since=date(2026, 2, 2), until=date(2026, 2, 1)),
        FactFilter(since=date.min),
        FactFilter(since=date.min, zone="Asia/Tokyo"),
        FactFilter(until=date.max),
        FactFilter(until=date.max, zone="America/Los_Angeles"),
        FactFilter(since=date(1999, 12, 31)),
        FactFilter(until=date(2100, 1, 2)),
        FactFilter(zone="../../etc/passwd"),
        FactFilter(zone="Europe"),
        FactFilter(zone="UTC\0"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(book: FactBook, wanted: FactFilter) -> None:
    snapshot = Snapshot(book.read(NOW))

    with pytest.raises(InvalidFilterError, match="Nothing was counted"):
        snapshot.cut(wanted)


SPANS = {
    "the widest": FactFilter(since=FIRST_DAY, until=LAST_DAY),
    "its first day": FactFilter(since=FIRST_DAY, until=FIRST_DAY),
    "its last day": FactFilter(since=LAST_DAY, until=LAST_DAY),
    "before everything": FactFilter(until=date(2020, 1, 1)),
    "after everything": FactFilter(since=date(2030, 1, 1)),
    "one row": FactFilter(since=date(2026, 3, 10), until=date(2026, 3, 10)),
    "a short day": FactFilter(since=date(2026, 3, 29), until=date(2026, 3, 29)),
    "no midnight": FactFilter(since=date(2026, 3, 1), until=date(2026, 3, 29)),
}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Beirut", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_any_honest_span_in_any_zone_has_figures_or_says_that_there_are_none(
    book: FactBook, span: FactFilter, zone: str
) -> None:
    cut = Snapshot(book.read(NOW)).cut(span.model_copy(update={"zone": zone}))

    for metric in METRICS.values():
        found = figure(metric, cut)
        assert found.value is not None or found.n == 0 or found.open, metric.definition.name
        for by, dimension in DIMENSIONS.items():
            if metric.subject in dimension.subjects:
                assert all(bar.figure.n <= found.n for bar in bars(metric, by, cut)), (metric.definition.name, by)
    assert curve(metric_named("time_to_decision"), cut) is not None
    assert (money(cut), flows(cut), node_times(cut)) is not None


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 3, 29), "Asia/Beirut", 23),  # this day has no midnight: it begins at one
        (date(2026, 3, 29), "UTC", 24),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day: date, zone: str, hours: int) -> None:
    begin, end = edges([day, day + timedelta(days=1)], zone_of(zone))

    assert (end - begin) / np.timedelta64(1, "h") == hours


def test_only_what_is_new_is_read_and_what_was_open_is_read_again(database: Database, book: FactBook) -> None:
    before = book.read(NOW)
    with database.write() as connection:
        settle_facts(connection, "t11", at="2026-03-31T12:00:00.000Z", node_ms={"classify": 7.0})
        connection.execute(
            reviews.update()
            .where(reviews.c.review_id == "r11")
            .values(status="applied", decided_at="2026-03-31T11:59:00.000Z", decided_action="deny", decided_by="Kim")
        )
        add_facts(connection, turn("t12", "F", "31T11:30", "faq", "answered", relevance=0.8))
        keep_rating(connection, turn_id="t7", thread_id="E", rating=1, comment="", at="2026-03-31T11:59:00.000Z")

    after = book.read(NOW)

    cut = Snapshot(after).cut(ALL)
    assert (len(before.turns), len(after.turns)) == (12, 13)
    assert before.turns.settled_at.isna().sum() == after.turns.settled_at.isna().sum() + 1
    assert figure(metric_named("open_reviews"), cut).value == 0
    assert figure(metric_named("rating"), cut).value == pytest.approx(8 / 3)
    assert {one.node: one.n for one in node_times(cut)} == {"classify": 2, "retrieve": 1}
    assert book.read(NOW).turns is after.turns


def test_rows_that_are_gone_are_forgotten(database: Database, book: FactBook) -> None:
    with database.write() as connection:
        add_facts(connection, turn("d1", "A", "30T10:00", "faq", "answered", demo=True))
        add_facts(connection, turn("t13", "A", "30T10:00", "faq", "answered"))
    before = len(book.read(NOW).turns)
    with database.write() as connection:
        connection.execute(turn_facts.delete().where(turn_facts.c.demo == 1))

    assert (before, len(book.read(NOW).turns)) == (14, 13)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (417, 1000)])
def test_the_interval_is_wilsons(hits: int, n: int) -> None:
    known = binomtest(hits, n).proportion_ci(method="wilson")

    assert wilson(hits, n) == pytest.approx((known.low, known.high), abs=1e-12)
