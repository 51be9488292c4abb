"""The Calibration page: what it replays while controls are moved, and what it says when there is nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.calibrating import open_calibration, set_relevance
from tests.pages.screen import plain_words_on, press, words_on

VIEWS = ("thresholds", "frontier", "reliability", "label", "versions")


@pytest.mark.parametrize("name", ["Visitor", "Robin"])
def test_thresholds_are_not_for_everybody(app: AppTest, name: str) -> None:
    open_calibration(app, name)

    assert not app.exception
    assert "This page needs another role" in words_on(app)
    assert not app.slider


@pytest.mark.parametrize("view", ["thresholds", "frontier"])
def test_days_the_wrong_way_round_are_said_and_can_be_mended(app: AppTest, asked_home: Path, view: str) -> None:
    del asked_home

    open_calibration(app, view=view, span="own", since="2026-03-02", until="2026-03-01")

    assert not app.exception
    assert "lies after the last" in plain_words_on(app)
    assert len(app.date_input) == 2


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("thresholds", "No message was read yet"),
        ("frontier", "No message was read yet"),
        ("reliability", "nobody judged a case"),
        ("label", "Nothing to look at"),
        ("versions", "No version was saved here yet"),
        ("nonsense", "No message was read yet"),
    ],
)
def test_an_empty_desk_says_so_in_every_view(app: AppTest, view: str, told: str) -> None:
    open_calibration(app, view=view)

    assert not app.exception
    assert told in words_on(app)


@pytest.mark.parametrize("view", VIEWS)
def test_made_up_turns_are_shown_in_every_view(app: AppTest, demo_home: Path, view: str) -> None:
    del demo_home

    open_calibration(app, "Lee", view=view)

    assert not app.exception
    assert not app.error


def test_one_turn_alone_is_enough_and_what_nobody_can_know_is_said(app: AppTest, asked_home: Path) -> None:
    del asked_home

    open_calibration(app)

    assert not app.exception
    assert "Replayed on 1 past turn," in words_on(app)
    assert "nobody looked at a blind sample" in words_on(app)


def test_made_up_turns_can_be_left_out(app: AppTest, demo_home: Path) -> None:
    del demo_home
    open_calibration(app)
    marked = words_on(app)

    app.toggle(key="calibration_demo").set_value(False).run()

    assert "are made up to show the desk" in marked
    assert "No real message was read here" in words_on(app)
    assert app.query_params["demo"] == "out"


def test_moving_a_control_replays_and_saves_nothing(app: AppTest, demo_home: Path) -> None:
    del demo_home
    open_calibration(app)
    before = words_on(app)

    set_relevance(app, 0.95)

    assert "more to a person, 0 fewer" not in before
    assert "more to a person, 0 fewer" in words_on(app)
    assert "1 field differs from version 1. Nothing is saved yet" in words_on(app)
    assert not app.exception


def test_a_preset_sets_the_controls_and_reset_sets_them_back(app: AppTest) -> None:
    open_calibration(app)

    press(app, "Strict")
    strict = (app.slider(key="try_low_score").value, app.number_input(key="try_low_score_turns").value)
    press(app, "Reset")

    assert strict == (-0.5, 1)
    assert (app.slider(key="try_low_score").value, app.number_input(key="try_low_score_turns").value) == (-0.6, 2)


def test_what_is_tried_is_still_there_after_another_view(app: AppTest) -> None:
    open_calibration(app)
    set_relevance(app, 0.8)

    app.button_group(key="calibration_view").set_value("versions").run()
    app.button_group(key="calibration_view").set_value("thresholds").run()

    assert app.slider(key="try_min_relevance").value == 0.8


def test_settings_that_contradict_each_other_are_neither_tried_nor_saved(app: AppTest, demo_home: Path) -> None:
    del demo_home
    open_calibration(app)

    app.slider(key="try_uncertain_from").set_value(0.9).run()

    assert "too poor to be sent as uncertain" in "".join(error.value for error in app.error)
    assert "They were not tried" in words_on(app)
    assert next(button for button in app.button if button.label == "Save as a new version").disabled
