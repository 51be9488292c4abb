import pytest

from agent.evaluation.calibration import measure_reliability


def test_a_calibrated_judge_has_no_error() -> None:
    judged = [(0.75, right) for right in (True, True, True, False)] + [
        (0.25, right) for right in (True, False, False, False)
    ]

    found = measure_reliability(judged)

    assert (found.rows, found.accuracy, found.ece) == (8, 0.5, 0.0)
    assert [(one.rows, one.confidence, one.accuracy) for one in found.bins] == [(4, 0.25, 0.25), (4, 0.75, 0.75)]


def test_overconfidence_is_the_gap() -> None:
    assert measure_reliability([(0.9, True), (0.9, False)]).ece == pytest.approx(0.4)


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert len(measure_reliability([(1.0, True), (0.95, True)]).bins) == 1


def test_nothing_judged_is_no_error() -> None:
    assert measure_reliability([]).ece == 0
