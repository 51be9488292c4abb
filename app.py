"""The app: names the pages, says who is looking, and runs the chosen page; beside the pages it serves the HTTP API.

Streamlit meets this file twice: the server imports it for `app`, and every visit runs it as a script.
"""

from contextlib import suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import StopException

from agent.api import Beside
from pages.ui.access.guard import follow_wish, mark_entered
from pages.ui.access.identity import may_decide, may_operate, who_is_here
from pages.ui.access.sign_in import draw_corner
from pages.ui.calibration.calibration_words import CALIBRATORS
from pages.ui.opening import desk_if_open
from pages.ui.programs import interface, opened
from pages.ui.queue.queue_watch import badge, watch_queue

STATIC = Path(__file__).parent / "static"


def draw() -> None:
    """Draw the menu and the chosen page for whoever looks."""
    st.set_page_config(page_title="Triage Autopilot", page_icon=str(STATIC / "icon.png"), layout="wide")
    mark_entered()
    st.logo(
        str(STATIC / f"wordmark-{st.context.theme.type or 'light'}.png"),
        size="large",
        icon_image=str(STATIC / "icon.png"),
    )

    visitor = who_is_here()
    desk = desk_if_open() if visitor.may_look else None
    decides = may_decide(visitor.identity)
    page = st.navigation(
        [
            st.Page("pages/live_desk.py", title="Live desk", icon=":material/account_tree:", default=True),
            st.Page(
                "pages/approvals.py",
                title=badge(desk) if desk and decides else "Approvals",
                icon=":material/fact_check:",
                # hidden pages can still be opened by their address: the page's guard answers then
                visibility="visible" if decides else "hidden",
            ),
            st.Page(
                "pages/history.py",
                title="History",
                icon=":material/history:",
                visibility="visible" if may_operate(visitor.identity) else "hidden",
            ),
            st.Page(
                "pages/analytics.py",
                title="Analytics",
                icon=":material/bar_chart:",
                visibility="visible" if may_operate(visitor.identity) else "hidden",
            ),
            st.Page(
                "pages/calibration.py",
                title="Calibration",
                icon=":material/tune:",
                visibility="visible" if visitor.identity.role in CALIBRATORS else "hidden",
            ),
            st.Page(
                "pages/knowledge.py",
                title="Knowledge",
                icon=":material/menu_book:",
                visibility="visible" if may_operate(visitor.identity) else "hidden",
            ),
            st.Page("pages/how_it_works.py", title="How it works", icon=":material/school:"),
            st.Page(
                "pages/health.py",
                title="Health",
                icon=":material/monitor_heart:",
                visibility="visible" if may_operate(visitor.identity) else "hidden",
            ),
        ],
        # who has not signed in gets a screen without a menu, whichever page was asked for
        position="sidebar" if visitor.may_look or visitor.standing == "desk opens" else "hidden",
    )
    follow_wish(visitor, at_front=page.url_path == "" and not st.query_params)
    draw_corner(visitor)
    if desk and decides:
        with st.sidebar:
            watch_queue(desk)
    with suppress(StopException):
        # a run that st.stop() ended would leave the fragments of the run before alive: whoever was just turned away
        # could go on polling them, and what they draw has no place on the screen any more
        page.run()


if __name__ == "__main__":
    draw()
else:
    app = st.App(__file__, lifespan=opened, middleware=[Middleware(Beside, api=interface())])
