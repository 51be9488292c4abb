"""Figures over a million turns: reading them, and every chart after a change of the filter."""

import os
import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

import pandas as pd
import pytest

from agent.analytics import Analytics
from agent.demo_history import Year, write_history
from agent.model import FactFilter
from tests.benchmarks.figures import milliseconds, percentiles, show
from tests.stand_ins import open_test_office

pytestmark = pytest.mark.benchmark

THREADS = int(os.environ.get("TRIAGE_BENCH_THREADS", "400000"))  # noqa: TID251  a benchmark's own size
FILLED = os.environ.get("TRIAGE_BENCH_HOME")  # noqa: TID251  a home that demo-history has filled before
CHANGES = 20
NOW = datetime(2026, 11, 1, tzinfo=UTC)

FILTERS = tuple(
    FactFilter(since=date(2026, month, 1), until=date(2026, month + 2, 28), intent=intent, zone=zone)
    for month in (1, 3, 6, 8)
    for intent in (None, "faq", "refund")
    for zone in ("UTC", "Europe/Berlin")
)


def charts(analytics: Analytics) -> dict[str, Callable[[FactFilter], object]]:
    """Every chart of the Analytics page by what it asks."""
    kpis = (
        "messages", "answered_alone", "escalation_rate", "hitl_rate", "containment", "durable_containment",
        "time_to_decision", "sla_met", "rating", "conversation_cost",
    )  # fmt: skip
    divided = (
        ("messages", "intent"), ("messages", "time"), ("escalation_rate", "category"), ("messages", "rule"),
        ("escalation_rate", "time"), ("time_to_decision", "category"), ("open_reviews", "age"), ("reviews", "sla"),
        ("mood", "time"), ("rating", "stars"), ("knowledge_hit_rate", "time"), ("messages", "top_score"),
        ("messages", "article"),
    )  # fmt: skip
    found: dict[str, Callable[[FactFilter], object]] = {
        f"{metric} by {by}": partial(analytics.bars, metric, by) for metric, by in divided
    }
    return found | {
        "ten KPIs with trend": partial(analytics.kpis, kpis),
        "flows": analytics.flows,
        "money": analytics.money,
        "step times": analytics.node_times,
        "curve of decisions": partial(analytics.curve, "time_to_decision"),
        "list behind a bar": lambda wanted: analytics.behind("messages", wanted, by="intent", key="faq"),
    }


def test_charts_over_a_year(tmp_path: Path) -> None:
    home = Path(FILLED) if FILLED else tmp_path / "home"
    office = open_test_office(home)
    with closing(office):
        if not FILLED:
            write_history(office.database, Year(NOW), conversations=THREADS, seed=1)
        analytics = Analytics(office)
        before = memory_mb()
        first = milliseconds(analytics.refresh)
        again = milliseconds(analytics.refresh)
        known = analytics.choices()
        show(
            f"Facts of {known.turns:,} turns",
            f"first read {first / 1000:.1f} s, later ones {again:.1f} ms, {memory_mb() - before:.0f} MB",
        )
        slowest = 0.0
        for name, ask in charts(analytics).items():
            wanted = cycle(FILTERS)
            taken = [milliseconds(partial(one, analytics, ask, next(wanted))) for _change in range(CHANGES)]
            p50, p95 = percentiles(taken)
            slowest = max(slowest, p95)
            show(f"{name} after a change of the filter", f"p50 {p50:.0f} p95 {p95:.0f} ms")
        plain = milliseconds(lambda: read_plainly(home / "desk.sqlite"))
        show("Reading the table into pandas for one chart", f"{plain:,.0f} ms, {plain / slowest:.0f} times the slowest")
    assert known.turns > (0 if FILLED else 2 * THREADS)


def one(analytics: Analytics, ask: Callable[[FactFilter], object], wanted: FactFilter) -> None:
    """Ask as after a change of the filter: nothing that was cut before is at hand."""
    analytics.forget_cuts()
    ask(wanted)


def read_plainly(path: Path) -> pd.Series:
    """Escalation rate by category, the plain way."""
    with closing(sqlite3.connect(path)) as connection:
        frame = pd.read_sql_query("SELECT * FROM turn_facts", connection)
    return (frame.outcome == "review").groupby(frame.category).mean()


def memory_mb() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
