"""Somebody at the Calibration page."""

from streamlit.testing.v1 import AppTest

from agent import Identity
from tests.pages.screen import open_page

QUESTION = "how long does delivery take?"
ALEX = Identity(subject="Alex", role="analyst", source="demo-switch")
LEE = Identity(subject="Lee", role="lead", source="demo-switch")


def open_calibration(app: AppTest, name: str = "Alex", **address: str) -> AppTest:
    """The page, as an analyst unless told otherwise."""
    return open_page(app, "calibration", name, **address)


def set_relevance(app: AppTest, value: float) -> AppTest:
    """Move the control of the least relevance."""
    return app.slider(key="try_min_relevance").set_value(value).run()
