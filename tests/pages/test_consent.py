"""The buttons for a yes or a no, while the desk waits for one."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import labels, press
from tests.stand_ins import open_test_desk


def ask_to_cancel(home: Path) -> str:
    with closing(open_test_desk(home)) as desk:
        return desk.chat("cancel order LF-10377", customer_id="C-1004").thread_id


@pytest.mark.parametrize("word", ["Yes", "No"])
def test_the_word_on_the_button_is_sent_once(app: AppTest, home: Path, word: str) -> None:
    thread_id = ask_to_cancel(home)
    app.query_params["thread"] = thread_id
    app.run()

    press(app, word)

    assert not app.exception
    assert not {"Yes", "No"} & labels(app)
    with closing(open_test_desk(home)) as desk:
        assert [turn.text for turn in desk.thread(thread_id).turns[1:]] == [word.lower()]


def test_there_are_no_such_buttons_where_nothing_is_asked(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        app.query_params["thread"] = desk.chat("how long does delivery take?").thread_id

    app.run()

    assert not app.exception
    assert not {"Yes", "No"} & labels(app)
