"""The Health page: who may see it, what it says when all is well, and what when something went wrong."""

from contextlib import closing
from pathlib import Path

from streamlit.testing.v1 import AppTest

from agent import Event
from pages.ui.health.troubles_panel import trouble_rows
from tests.pages.screen import open_page
from tests.stand_ins import open_test_desk


def trouble(seq: int, **payload: str) -> Event:
    return Event(
        seq=seq, thread_id="t", turn_id="u", type="ERROR", node=None, payload=payload, at="2026-11-21T12:00:00Z"
    )


def test_health_is_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/health.py").run()

    assert not app.exception
    assert "This page needs another role" in [heading.value for heading in app.header]
    assert "Condition" not in [heading.value for heading in app.header]


def test_health_is_open_to_analysts(app: AppTest) -> None:
    open_page(app, "health", "Alex")

    assert not app.exception
    assert {"What went wrong lately", "Condition"} <= {heading.value for heading in app.header}
    assert not any("answered all the same" in caption.value for caption in app.caption)


def test_the_checks_can_be_made_again(app: AppTest) -> None:
    open_page(app, "health", "Robin")

    next(button for button in app.button if button.label == "Check the desk").click().run()
    next(button for button in app.button if button.label == "Verify the audit chain").click().run()

    assert not app.exception
    assert app.session_state["desk_checks"]
    assert app.session_state["audit_report"].ok


def test_a_turn_that_failed_is_told(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        desk.chat("trouble")

    open_page(app, "health", "Alex")

    assert not app.exception
    assert any("answered all the same" in caption.value for caption in app.caption)


def test_a_step_that_was_tried_twice_is_one_trouble() -> None:
    away = "the endpoint cannot be reached"
    tries = [
        trouble(3, step="hand-over", message=away, done_by="spare"),
        trouble(2, step="classify", message=away, done_by="spare"),
        trouble(1, step="classify", message=away, done_by="remote"),
    ]

    rows = trouble_rows(tries)

    assert [(row["step"], row["what"], row["by"]) for row in rows] == [
        ("hand over", away, "spare"),
        ("classify", away, "spare"),
    ]


def test_a_failed_turn_was_given_to_a_person() -> None:
    (row,) = trouble_rows([trouble(1, message="RuntimeError: no")])

    assert (row["step"], row["what"], row["by"]) == ("whole message", "RuntimeError: no", "a person, with a ticket")
    assert row["thread"] == "t"
