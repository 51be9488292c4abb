"""Approvals: what waits for a person, the evidence beside it, and the decision."""

import streamlit as st

from agent import Desk, DeskError, QueueFilter
from pages.ui.access.guard import guard
from pages.ui.access.identity import current_identity
from pages.ui.access.sign_in import recheck
from pages.ui.fragments import fragment
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.queue.batch_choice import deeds
from pages.ui.queue.batch_groups import read_groups
from pages.ui.queue.batch_panel import draw_batch_button, draw_batch_panel
from pages.ui.queue.queue import select_neighbour, selected_review, show_queue
from pages.ui.queue.queue_filter import ask_filter
from pages.ui.queue.queue_paging import follow_page, read_page
from pages.ui.queue.queue_panels import draw_empty_queue, draw_figures, draw_nothing_selected, draw_pager, known_counts
from pages.ui.queue.queue_selection import follow_address, follow_group, opened_group
from pages.ui.queue.undo_list import draw_undo_list, held_decisions
from pages.ui.review.review_panels import draw_card

visitor = guard(__file__, "reviewer", "lead", "admin")


@fragment(run_every=0.8)
def draw_board(desk: Desk, wanted: QueueFilter) -> None:
    """Queue and card; polls, so that another reviewer's decision shows up within a second."""
    recheck()
    identity = current_identity()
    try:
        page = read_page(desk, wanted)
        held = held_decisions(desk, identity)
        groups = read_groups(desk, known_counts() or desk.queue_counts())
    except DeskError as error:
        st.error(plain(str(error)), title="The queue can't be read")
        return
    selected = selected_review(page.rows)
    left, right = st.columns([0.36, 0.64], gap="small")
    elsewhere = {deed.review_id for deed in deeds()} if opened_group() else {selected or ""}
    with left:
        draw_undo_list(desk, held, identity, elsewhere)
        with st.container(horizontal=True, key="queue_steps", gap="xsmall"):
            st.button("Previous", key="previous", shortcut="K", on_click=select_neighbour, args=(page, -1))
            st.button("Next", key="next", shortcut="J", on_click=select_neighbour, args=(page, 1))
            draw_batch_button(groups)
        if page.rows:
            show_queue(page.rows, selected, identity.subject)
        else:
            draw_empty_queue(wanted)
        draw_pager(page, wanted)
    with right:
        if opened_group():
            draw_batch_panel(desk, groups, identity, held)
        elif selected:
            draw_card(desk, selected, identity)
        else:
            draw_nothing_selected()


open_desk = the_desk()
follow_address()
follow_group()
title, strip = st.columns([0.15, 0.85], vertical_alignment="center")
title.title("Approvals", anchor=False)
with strip:
    draw_figures(open_desk)
chosen_filter = ask_filter(visitor.subject)
follow_page(chosen_filter)
draw_board(open_desk, chosen_filter)
