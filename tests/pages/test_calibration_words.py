"""How thresholds, changes and what nobody can know are told."""

import pytest

from agent import Desk, Estimate, Policy, TurnSpan
from pages.ui.analytics.numbers import percent
from pages.ui.analytics.palette import LIGHT
from pages.ui.calibration.calibration_words import changed, setting
from pages.ui.calibration.comparison_panel import in_a_sentence, rows_of
from pages.ui.calibration.conflicts import tried_policy
from pages.ui.calibration.draft import Draft
from pages.ui.calibration.estimate_words import moved, said
from pages.ui.calibration.frontier_view import frontier_chart
from pages.ui.calibration.reckoning import Reckoning
from pages.ui.calibration.reliability_view import reliability_chart
from pages.ui.calibration.thresholds import THRESHOLDS
from tests.pages.calibrating import ALEX, QUESTION


def test_every_threshold_says_what_the_policy_says_of_it() -> None:
    for one in THRESHOLDS.values():
        assert one.help
        assert one.kind not in {"words", "choice"} or one.options


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"min_relevance": float("nan")}, {"min_relevance"}),
        ({"low_score_turns": None}, {"low_score_turns"}),
        ({"soft_review_margin": 0.3, "min_relevance": 0.8}, {"soft_review_margin", "min_relevance"}),
        ({"low_score": -0.9}, {"low_score"}),
        ({"sla_urgent_minutes": 121}, {"sla_urgent_minutes"}),  # no control of the page, and still the desk's own check
        ({"min_relevance": 0.8}, set()),
    ],
)
def test_what_is_wrong_stands_at_its_control(desk: Desk, changes: dict[str, float], fields: set[str]) -> None:
    policy, wrong = tried_policy(desk, Draft(base=desk.policy, changes=changes))

    assert set(wrong) == fields
    assert (policy is None) == bool(fields)
    assert not any(field in told for field, told in wrong.items())


def test_the_order_of_words_is_no_change() -> None:
    base = Policy()
    topics = THRESHOLDS["escalating_topics"]

    assert topics.cleaned(list(reversed(base.escalating_topics)), base) == base.escalating_topics


def test_changes_are_told_in_words() -> None:
    told = changed(Policy(), Policy(min_relevance=0.8, escalating_categories=("complaint", "billing")))

    assert told == [
        ("Categories that a person answers", "with Billing"),
        ("Least relevance of the best article", "0.7 → 0.8"),
    ]
    assert setting(-0.6) == "−0.6"


def test_figures_are_told_with_what_is_not_known(desk: Desk) -> None:
    desk.chat(QUESTION)
    found = Reckoning().compare(desk, ALEX, desk.policy, Policy(min_relevance=0.99), TurnSpan())

    assert in_a_sentence(found) == f"1 more to a person, 0 fewer ({percent(1)} of all turns more)."
    assert {row[0] for row in rows_of(found)} >= {"Goes to a person", "Missed", "No article answers"}
    unknown = Estimate(value=None, low=None, high=None, n=0, unit="share", why="unknown: nobody looked")
    assert (said(unknown), moved(unknown, found.first.escalation_rate)) == ("unknown", "–")


def test_curves_without_labels_say_that_nobody_looked(desk: Desk) -> None:
    desk.chat(QUESTION)
    found = desk.calibration.compare(ALEX, desk.policy)

    chart = frontier_chart(desk.calibration.frontier(ALEX, "min_relevance"), found, LIGHT, tried=False)
    relevance, _intent = desk.calibration.reliability(ALEX)

    assert chart.figure is None
    assert "unknown: nobody looked" in chart.empty
    assert reliability_chart(relevance, LIGHT).figure is None
