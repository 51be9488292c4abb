"""What somebody does at the screen, and what stands on it."""

import time
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from pages.ui.access.identity import WHO
from pages.ui.calibration.prepared import PREPARED
from pages.ui.knowledge.confirming import ASKED
from pages.ui.review.decision_form import FORM
from tests.waiting import PATIENCE_S

SINCE = {FORM: "opened_at", PREPARED: "opened_at", ASKED: "at", "label_given": "at"}
"""What is kept of a session with the moment in which it began."""


def open_page(app: AppTest, page: str, name: str = "Visitor", **address: str) -> AppTest:
    """The page under this address, as this person of the demo."""
    app.session_state[WHO] = name
    return at(app, page, **address)


def at(app: AppTest, page: str, **address: str) -> AppTest:
    """Another address, as the same person."""
    app.query_params.clear()
    for key, value in address.items():
        app.query_params[key] = value
    return app.switch_page(f"pages/{page}.py").run()


def words_on(app: AppTest) -> str:
    """All words, as they are handed to the browser: signs that would be Markdown have backslashes."""
    shown = (app.markdown, app.caption, app.header, app.subheader, app.info, app.warning, app.error, app.success)
    return "\n".join(str(element.value) for kind in (*shown, app.text) for element in kind)


def plain_words_on(app: AppTest) -> str:
    """The same as people read it."""
    return words_on(app).replace("\\", "")


def labels(app: AppTest) -> set[str]:
    """What can be pressed."""
    return {button.label for button in app.button}


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(button for button in app.button if button.label == label).click().run()


def run_until(app: AppTest, words: str) -> None:
    """What the page's own polling does in a browser."""
    deadline = time.monotonic() + PATIENCE_S
    while words not in words_on(app) and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()


def a_while_later(app: AppTest) -> None:
    """As if a minute had passed: a click does not count as the second half of a double click any more."""
    then = time.monotonic() - 60
    for key, value in app.session_state.to_dict().items():
        if key in SINCE:
            app.session_state[key] = replace(value, **{SINCE[key]: then})
        if key.startswith("left_address_"):
            app.session_state[key] = (value[0], then)
