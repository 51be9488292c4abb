"""Turns that people label without knowing what the desk did."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Desk
from agent.adapters.builtin.clock import SystemClock
from agent.bootstrap import World
from tests.pages.calibrating import ALEX, QUESTION, open_calibration
from tests.pages.screen import a_while_later, press, words_on
from tests.stand_ins import HandClock, open_test_office, settings_for


@pytest.fixture
def week_home(home: Path) -> Path:
    """The app's desk with twelve questions of the last whole week, answered by the desk itself."""
    clock = HandClock(SystemClock().now() - timedelta(days=7))
    with closing(Desk(open_test_office(home, World(clock=clock)), settings_for(home))) as desk:
        for _question in range(12):
            desk.chat(QUESTION)
    return home


def test_a_label_is_given_before_it_is_told_what_the_desk_did(app: AppTest, week_home: Path, other: Desk) -> None:
    del week_home
    open_calibration(app, view="label")
    before = words_on(app)
    first = other.calibration.sample_for_labels("blind", ALEX).tasks

    press(app, "A person should look")
    after = words_on(app)
    left = other.calibration.sample_for_labels("blind", ALEX).tasks

    assert "The desk did" not in before
    assert "The desk did otherwise" in after
    assert left == first[1:]
    assert not app.exception


def test_the_next_turn_is_counted_on(app: AppTest, week_home: Path) -> None:
    del week_home
    open_calibration(app, view="label")
    press(app, "The reply is right")
    a_while_later(app)

    press(app, "Next")

    assert not app.exception
    assert app.session_state["label_shown"].done == 1
    assert "Nothing to look at" not in words_on(app)


def test_what_is_done_is_told_to_whoever_comes_back_and_a_larger_sample_goes_on(
    app: AppTest, week_home: Path, other: Desk
) -> None:
    del week_home
    for task in other.calibration.sample_for_labels("blind", ALEX, size=10).tasks:
        other.calibration.give_label(task.turn_id, "right", "", ALEX, sample="blind")
    open_calibration(app, view="label", size="10")
    all_done = words_on(app)

    app.selectbox(key="label_size").set_value(50).run()

    assert "all 10 turns" in all_done
    assert (app.session_state["label_shown"].done, app.session_state["label_shown"].left) == (10, 2)
    assert not app.exception
