"""Days, spans and time zones that figures are asked for."""

from datetime import date, timedelta

import numpy as np
import pytest

from agent.errors import InvalidFilterError
from agent.insights.dimensions import DIMENSIONS
from agent.insights.figures import bars, behind, curve, figure, metric_named
from agent.insights.flows import flows, money, node_times
from agent.insights.metrics import METRICS
from agent.insights.periods import FIRST_DAY, LAST_DAY, edges, zone_of
from agent.insights.rows import Snapshot
from agent.model import FactFilter


@pytest.mark.parametrize(
    ("zone", "day", "turns"),
    [
        ("UTC", date(2026, 3, 29), 2),
        ("Europe/Berlin", date(2026, 3, 29), 1),  # the clocks go forward on this day
        ("Europe/Berlin", date(2026, 3, 30), 1),
        ("America/New_York", date(2026, 3, 28), 1),
    ],
)
def test_days_are_those_of_the_time_zone(march: Snapshot, zone: str, day: date, turns: int) -> None:
    wanted = FactFilter(since=day, until=day, zone=zone)

    found = figure(metric_named("messages"), march.cut(wanted))

    assert found.value == turns


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
def test_a_filter_that_makes_no_sense_is_refused(march: Snapshot, wanted: FactFilter) -> None:
    with pytest.raises(InvalidFilterError, match="Nothing was counted"):
        march.cut(wanted)


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
    march: Snapshot, span: FactFilter, zone: str
) -> None:
    cut = march.cut(span.model_copy(update={"zone": zone}))

    for metric in METRICS.values():
        found = figure(metric, cut)
        assert found.value is not None or found.n == 0 or found.open, metric.definition.name
        for by, dimension in DIMENSIONS.items():
            if metric.subject in dimension.subjects:
                assert all(bar.figure.n <= found.n for bar in bars(metric, by, cut)), (metric.definition.name, by)
    messages = figure(metric_named("messages"), cut).value or 0
    waiting = curve(metric_named("time_to_decision"), cut).waiting
    assert list(waiting) == sorted(waiting, reverse=True)
    assert sum(flow.turns for flow in flows(cut) if flow.column == 1) == messages - len(behind(METRICS["failed"], cut))
    assert all(step.n <= messages for step in node_times(cut))
    assert {line.currency for line in money(cut)} <= {"USD", "EUR"}


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
