"""The pages as Streamlit runs them, without a browser: who sees what, and what an empty desk looks like."""

from streamlit.testing.v1 import AppTest


def test_the_live_desk_opens_with_its_scenarios(app: AppTest) -> None:
    app.run()

    assert not app.exception
    assert {"Refund", "Question", "Problem"} <= {button.label for button in app.button}


def test_approvals_are_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/approvals.py").run()

    assert not app.exception
    assert "This page needs another role" in [heading.value for heading in app.header]
    assert not app.metric


def test_a_reviewer_sees_an_empty_queue_explained(app: AppTest) -> None:
    app.run()
    app.selectbox[0].select("Robin").run()

    app.switch_page("pages/approvals.py").run()

    assert not app.exception
    assert any("Nothing waits for a decision" in text.value for text in app.markdown)


def test_how_it_works_is_open_to_everybody(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/how_it_works.py").run()

    assert not app.exception
    assert "How it works" in [title.value for title in app.title]
