"""Approvals: what waits for a person, the evidence beside it, and the decision."""

import streamlit as st

from agent import Desk, DeskError, QueueFilter
from pages.ui.guard import guard
from pages.ui.identity import current_identity
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.queue import follow_address, select_neighbour, selected_review, show_queue
from pages.ui.queue_filter import ask_filter
from pages.ui.review_panels import draw_card, draw_empty_queue, draw_figures, draw_nothing_selected

guard(__file__, "reviewer", "lead", "admin")

SHOWN = 200  # rows of the queue; the filters find the rest


@st.fragment(run_every=0.8)
def draw_board(desk: Desk, wanted: QueueFilter) -> None:
    """Queue and card; polls, so that another reviewer's decision shows up within a second."""
    try:
        rows = desk.queue(wanted, limit=SHOWN)
    except DeskError as error:
        st.error(plain(str(error)), title="The queue can't be read")
        return
    selected = selected_review(rows)
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        with st.container(horizontal=True, key="queue_steps", gap="xsmall"):
            ids = [row.review_id for row in rows]
            st.button("Previous", key="previous", shortcut="K", on_click=select_neighbour, args=(ids, -1))
            st.button("Next", key="next", shortcut="J", on_click=select_neighbour, args=(ids, 1))
        if rows:
            show_queue(rows, selected)
        else:
            draw_empty_queue(wanted)
    with right:
        if selected:
            draw_card(desk, selected, current_identity())
        else:
            draw_nothing_selected()


st.title("Approvals", anchor=False)
open_desk = the_desk()
follow_address()
draw_figures(open_desk)
draw_board(open_desk, ask_filter())
