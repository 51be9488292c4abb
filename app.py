"""The app: names the pages, says who is looking, and runs the chosen page."""

from pathlib import Path

import streamlit as st

from pages.ui.guard import follow_wish, mark_entered
from pages.ui.identity import current_identity, draw_role_switch, may_decide, may_operate
from pages.ui.opening import desk_if_open
from pages.ui.queue_watch import badge, watch_queue

STATIC = Path(__file__).parent / "static"

st.set_page_config(page_title="Triage Autopilot", page_icon=str(STATIC / "icon.png"), layout="wide")
mark_entered()
st.logo(
    str(STATIC / f"wordmark-{st.context.theme.type or 'light'}.png"), size="large", icon_image=str(STATIC / "icon.png")
)

desk = desk_if_open()
identity = current_identity()
decides = may_decide(identity)
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
        st.Page("pages/how_it_works.py", title="How it works", icon=":material/school:"),
        st.Page(
            "pages/health.py",
            title="Health",
            icon=":material/monitor_heart:",
            visibility="visible" if may_operate(identity) else "hidden",
        ),
    ]
)
follow_wish()
draw_role_switch()
if desk and decides:
    with st.sidebar:
        watch_queue(desk)
page.run()
