"""Whether the desk is right as often as it is sure."""

import pytest

from agent.insights.reliability import intent_reliability, relevance_reliability
from tests.unit.past_turns import frame, labelled, rated, reviewed


def test_few_cases_are_called_few_and_their_bins_are_wide() -> None:
    turns = frame([{"relevance": 0.85}, {"relevance": 0.85}, {"relevance": 0.15}])

    plot = relevance_reliability(turns, reviewed(), rated((0, 5), (1, 1), (2, 1)), labelled())

    low, high = plot.bins
    assert (plot.n, low.n, high.n, high.right.value) == (3, 1, 2, 0.5)
    assert high.predicted == pytest.approx(0.85)
    assert plot.error.value == pytest.approx((0.15 + 2 * 0.35) / 3)
    assert "Only 3 judged cases" in plot.note
    assert high.right.low is not None
    assert high.right.low < 0.1


def test_a_desk_that_is_as_right_as_it_is_sure_has_hardly_any_error() -> None:
    turns = frame({"thread": row, "confidence": 0.75} for row in range(400))
    labels = labelled(*((row, "weekly", "should_escalate" if row % 4 == 0 else "right") for row in range(400)))

    plot = intent_reliability(turns, labels)

    assert plot.error.value == pytest.approx(0.0, abs=1e-6)
    assert plot.error.high is not None
    assert plot.error.high < 0.1
    assert "guesses" not in plot.note


def test_where_nobody_judged_there_is_no_error_to_speak_of() -> None:
    plot = intent_reliability(frame([{}]), labelled())

    assert (plot.n, plot.bins, plot.error.value, plot.error.why) == (0, (), None, "unknown: nobody judged a case")
