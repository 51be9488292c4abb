"""Live desk: a conversation and the graph that answers it, side by side."""

import streamlit as st

from agent import Desk
from pages.ui.access.guard import guard
from pages.ui.access.identity import current_identity
from pages.ui.access.sign_in import recheck
from pages.ui.fragments import fragment
from pages.ui.live.live_panels import draw_chat, draw_graph, draw_scenarios, draw_status, draw_unknown_thread
from pages.ui.live.live_thread import follow_address, live_thread, new_thread
from pages.ui.live.threads_panel import draw_threads
from pages.ui.opening import the_desk

guard(__file__, "stakeholder", "analyst", "reviewer", "lead", "admin")


@fragment(run_every=0.4)
def draw_live(desk: Desk) -> None:
    """Both columns, drawn by one fragment that always polls: switching it on and off would make the input flicker."""
    recheck()
    thread = live_thread()
    thread.refresh(desk)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="live_head"):
        st.title("Live desk", anchor=False, width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="live_state"):
            draw_status(thread)
            st.button("New thread", key="new_thread", icon=":material/add:", shortcut="N", on_click=new_thread)
    draw_scenarios(desk, thread)
    if thread.problem:
        draw_unknown_thread(thread)
        return
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        draw_graph(desk, thread)
    with right:
        draw_chat(desk, thread, current_identity())


open_desk = the_desk()
follow_address()
draw_live(open_desk)
with st.sidebar:
    draw_threads(open_desk)
