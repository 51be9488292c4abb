"""The pages as Streamlit runs them, without a browser: who sees what, and what an empty desk looks like."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent.bootstrap import Mind
from agent.settings import PROJECT

RUN_S = 60


@pytest.fixture
def app(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on an empty home; `mind` has filled the cache."""
    del mind
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=RUN_S)


def test_the_live_desk_opens_with_its_scenarios(app: AppTest) -> None:
    app.run()

    assert not app.exception
    assert {"Refund", "Question", "Problem"} <= {button.label for button in app.button}


def test_approvals_are_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/approvals.py").run()

    assert not app.exception
    assert "This page needs another role" in [heading.value for heading in app.subheader]
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


def test_health_is_closed_to_visitors_and_open_to_analysts(app: AppTest) -> None:
    app.run()
    app.switch_page("pages/health.py").run()
    refused = [heading.value for heading in app.subheader]
    app.selectbox[0].select("Alex").run()

    app.switch_page("pages/health.py").run()

    assert not app.exception
    assert "This page needs another role" in refused
    assert {"What went wrong lately", "Condition"} <= {heading.value for heading in app.subheader}


def test_the_checks_are_on_the_health_page(app: AppTest) -> None:
    app.run()
    app.selectbox[0].select("Robin").run()

    app.switch_page("pages/health.py").run()

    assert {"Verify the audit chain", "Check the desk"} <= {button.label for button in app.button}
