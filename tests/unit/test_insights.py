"""Metrics against a desk small enough to count by hand."""

from datetime import date
from pathlib import Path

import pytest
from scipy.stats import binomtest

from agent.insights.dimensions import DIMENSIONS
from agent.insights.facts import FactBook
from agent.insights.figures import bars, behind, curve, figure, metric_named, wilson
from agent.insights.flows import flows, money, node_times
from agent.insights.metrics import METRICS
from agent.insights.rows import Slice, Snapshot
from agent.model import FactFilter, Figure
from tests.conftest import OpenDatabase
from tests.unit.march import ALL, NOW, STEPS


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
def test_filters_narrow_turns_and_reviews(march: Snapshot, wanted: FactFilter, turns: int, open_cases: int) -> None:
    cut = march.cut(wanted)

    assert figure(metric_named("messages"), cut).value == turns
    assert figure(metric_named("reviews"), cut).value == open_cases
    assert all(metric.find(cut.rows(metric.subject), cut) for metric in METRICS.values())


def test_an_empty_desk_has_figures_without_values(tmp_path: Path, open_database: OpenDatabase) -> None:
    empty = FactBook(open_database(tmp_path / "desk.sqlite"), STEPS)

    cut = Snapshot(empty.read(NOW)).cut(ALL)

    assert {figure(metric, cut).n for metric in METRICS.values()} == {0}
    assert (len(money(cut)), len(flows(cut)), len(node_times(cut))) == (0, 0, 0)
    assert curve(metric_named("time_to_decision"), cut).seconds == ()


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (417, 1000)])
def test_the_interval_is_wilsons(hits: int, n: int) -> None:
    known = binomtest(hits, n).proportion_ci(method="wilson")

    assert wilson(hits, n) == pytest.approx((known.low, known.high), abs=1e-12)
