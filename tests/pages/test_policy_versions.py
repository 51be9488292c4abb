"""Versions of the policy, saved and brought back on the Calibration page."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Desk
from pages.ui.calibration.draft import DRAFT
from tests.pages.calibrating import ALEX, LEE, QUESTION, open_calibration, set_relevance
from tests.pages.screen import a_while_later, press, words_on


def test_a_saved_version_counts_from_the_next_turn(app: AppTest, asked_home: Path, other: Desk) -> None:
    del asked_home
    open_calibration(app)
    set_relevance(app, 0.96)
    press(app, "Save as a new version")
    a_while_later(app)
    app.text_area(key="save_reason").set_value("too many wrong answers").run()

    press(app, "Save version 2")

    assert "In force: default, version 2" in words_on(app)
    assert "too many wrong answers" in words_on(app)
    assert (other.policy.version, other.policy.min_relevance) == (2, 0.96)
    assert other.chat(QUESTION).review_id is not None
    assert not app.exception


def test_the_second_half_of_a_double_click_saves_nothing(app: AppTest, other: Desk) -> None:
    open_calibration(app)
    set_relevance(app, 0.8)
    press(app, "Save as a new version")
    app.text_area(key="save_reason").set_value("reason")

    press(app, "Save version 2")

    assert "That click came with the one before" in words_on(app)
    assert other.policy.version == 1


def test_a_version_needs_a_reason(app: AppTest, other: Desk) -> None:
    open_calibration(app)
    set_relevance(app, 0.8)
    press(app, "Save as a new version")
    a_while_later(app)

    press(app, "Save version 2")

    assert "Say why first" in words_on(app)
    assert other.policy.version == 1


def test_a_version_that_came_between_is_told_and_nothing_is_lost(app: AppTest, other: Desk) -> None:
    open_calibration(app)
    set_relevance(app, 0.8)
    press(app, "Save as a new version")
    a_while_later(app)
    app.text_area(key="save_reason").set_value("my reason")
    other.calibration.save_policy({"low_score": -0.5}, based_on=1, reason="theirs", identity=LEE)

    press(app, "Save version 2")
    told = words_on(app)
    press(app, "Save version 3")

    assert "Lee saved version 2" in told
    assert "What you set is kept; the rest follows the new version" in told
    assert app.session_state[DRAFT].changes == {}
    assert (other.policy.version, other.policy.min_relevance, other.policy.low_score) == (3, 0.8, -0.5)


def test_an_earlier_version_is_brought_back_with_a_reason(app: AppTest, other: Desk) -> None:
    other.calibration.save_policy({"min_relevance": 0.9}, based_on=1, reason="try", identity=ALEX)
    open_calibration(app, "Lee", view="versions", version="1")
    press(app, "Bring back")
    a_while_later(app)
    app.text_area(key="restore_reason").set_value("too strict")

    press(app, "Bring version 1 back")

    assert "in force again, as version 3" in words_on(app)
    assert (other.policy.version, other.policy.min_relevance) == (3, 0.7)
    assert "Old turns keep the version that they began with" in words_on(app)


@pytest.mark.parametrize("version", ["99", "\x07", "x" * 500])
def test_a_version_that_is_none_is_said_kindly(app: AppTest, other: Desk, version: str) -> None:
    other.calibration.save_policy({"min_relevance": 0.9}, based_on=1, reason="try", identity=ALEX)

    open_calibration(app, view="versions", version=version)

    assert not app.exception
    assert "There is no such version" in words_on(app)
