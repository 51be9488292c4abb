"""Customers' stars, given on the Live desk."""

from contextlib import closing
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.screen import plain_words_on
from tests.stand_ins import open_test_desk


def test_a_question_is_rated_on_the_live_desk_and_the_rating_is_kept(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        chat = desk.chat("How long does it take to deliver?")
    app.query_params["thread"] = chat.thread_id
    app.run()

    (stars,) = app.feedback
    stars.set_value(3).run()
    said = plain_words_on(app)

    assert "4 of 5, helpful" in said
    assert not app.exception
    with closing(open_test_desk(home)) as desk:
        assert desk.rating_of(chat.turn_id) == 4
