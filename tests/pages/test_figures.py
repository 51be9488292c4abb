"""How figures, changes and flows are told and drawn."""

from datetime import date
from itertools import pairwise

import pytest

from agent import Desk, Figure, Flow, Kpi
from pages.ui.analytics.analytics_filter import days_of
from pages.ui.analytics.behind import Scene
from pages.ui.analytics.flow_chart import placed
from pages.ui.analytics.freshness import PAUSE_S, Freshness
from pages.ui.analytics.kpi_panel import card
from pages.ui.analytics.numbers import change, duration, money, shown
from tests.pages.made_up import ALL


def test_boxes_of_the_flow_do_not_overlap_and_take_as_much_as_flows_through() -> None:
    flows = [
        Flow(column=0, source="faq", target="faq", turns=9),
        Flow(column=0, source="faq", target="escalation", turns=1),
        Flow(column=1, source="faq", target="answered", turns=9),
        Flow(column=1, source="escalation", target="expired", turns=1),
    ]

    nodes, height = placed(flows)

    assert height > 0
    assert {place: node.turns for place, node in nodes.items()}[0, "faq"] == 10
    for column in range(3):
        boxes = sorted((node.low, node.high) for node in nodes.values() if node.column == column)
        assert all(below[1] < above[0] for below, above in pairwise(boxes))
    assert placed([]) == ({}, 330)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (shown(0.1241, "share"), "12.4 %"),
        (shown(1.0, "share"), "100 %"),
        (shown(None, "share"), "–"),
        (shown(2340.0, "seconds"), "39 min"),
        (shown(95.0, "seconds"), "1 min 35 s"),
        (shown(18720.0, "seconds"), "5 h 12 min"),
        (shown(1250.0, "count"), "1,250"),
        (shown(-0.126, "signed"), "−0.13"),
        (duration(0.0123), "12 ms"),
        (duration(4 * 86400), "4.0 days"),
        (money(125_000, "USD"), "$1,250"),
        (money(4_250, "EUR"), "€42.50"),
        (money(4_250, "CHF"), "42.50 CHF"),
    ],
)
def test_figures_are_written_for_people(said: str, expected: str) -> None:
    assert said.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        (0.2, 0.15, "share", "+5 points"),
        (0.2, 0.2, "share", "no change"),
        (50.0, 100.0, "count", "−50 %"),
        (50.0, 0.0, "count", None),
        (60.0, 180.0, "seconds", "−2 min"),
        (0.2, None, "share", None),
    ],
)
def test_changes_are_told_in_words(now: float, before: float | None, unit: str, said: str | None) -> None:
    assert change(Figure(value=now, n=9), Figure(value=before, n=9), unit) == said


def test_a_fall_is_good_where_less_is_better(scene: Scene) -> None:
    (kpi,) = scene.desk.analytics.kpis(["escalation_rate"], ALL)

    def tone(value: float, before: float) -> tuple[str, str]:
        figure = kpi.figure.model_copy(update={"value": value})
        made: Kpi = kpi.model_copy(update={"figure": figure, "before": figure.model_copy(update={"value": before})})
        return card(made)["arrow"], card(made)["tone"]

    assert tone(0.1, 0.2) == ("▼", "good")
    assert tone(0.3, 0.2) == ("▲", "bad")


def test_a_quick_span_ends_today_in_the_zone() -> None:
    since, until = days_of("7", "UTC")

    assert since is not None
    assert until is not None
    assert (until - since).days == 6
    assert days_of("all", "UTC") == (None, None)
    assert isinstance(since, date)


def test_figures_are_not_read_anew_within_a_few_seconds(desk: Desk) -> None:
    kept = Freshness()
    first, before = kept.refresh(desk), messages_of(desk)
    desk.chat("How long does it take to deliver?")

    again, meanwhile = kept.refresh(desk), messages_of(desk)
    kept.read_at -= PAUSE_S
    kept.refresh(desk)

    assert again == first
    assert (before, meanwhile, messages_of(desk)) == (0, 0, 1)


def messages_of(desk: Desk) -> float | None:
    (kpi,) = desk.analytics.kpis(["messages"], ALL)
    return kpi.figure.value
