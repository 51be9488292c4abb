"""The parts of Approvals: figures, the evidence card with its decision, and the empty states."""

import streamlit as st

from agent import Desk, DeskError, Identity, QueueFilter
from pages.ui.blocks import show_blocks
from pages.ui.clock import span
from pages.ui.decision_panel import draw_decision_panel
from pages.ui.evidence import decided_line, evidence_blocks, headline, request_blocks
from pages.ui.plain_text import plain


@st.fragment(run_every=0.8)
def draw_figures(desk: Desk) -> None:
    """What waits, how much money, since when, and what is late."""
    counts = desk.queue_counts()
    with st.grid(4, min_column_width=150, gap="small"):
        st.metric("Waiting", counts.pending, border=True)
        st.metric("Value waiting", plain(str(counts.amount)), border=True)
        st.metric("Oldest", span(counts.oldest_s) if counts.pending else "none", border=True)
        st.metric("Overdue", counts.overdue, border=True)


def draw_card(desk: Desk, review_id: str, identity: Identity) -> None:
    """The evidence of one review and the way to decide it."""
    try:
        review = desk.review(review_id)
        held = desk.held_messages(review_id)
    except DeskError as error:
        st.warning(plain(str(error)), title="This review can't be shown", icon=":material/link_off:")
        return
    with st.container(border=True, key="review_card"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(plain(headline(review)), anchor=False)
            st.page_link(
                "pages/live_desk.py",
                label="Conversation",
                icon=":material/forum:",
                query_params={"thread": review.thread_id},
            )
        decided = decided_line(review)
        if decided:
            st.info(plain(decided), icon=":material/gavel:")
        show_blocks(request_blocks(review, held), key="request")
        draw_decision_panel(desk, review, identity)
        show_blocks(evidence_blocks(review), key="evidence")


def draw_empty_queue(wanted: QueueFilter) -> None:
    """When no review matches."""
    filtered = wanted != QueueFilter()
    with st.container(border=True, key="empty_queue"):
        st.markdown("**Nothing matches these filters.**" if filtered else "**Nothing waits for a decision.**")
        st.caption(
            "Loosen a filter to see more."
            if filtered
            else "Refunds and escalations show up here by themselves. Start one on the Live desk to see how."
        )


def draw_nothing_selected() -> None:
    """When no review is selected."""
    with st.container(border=True, key="nothing_selected"):
        st.markdown("**No review selected**")
        st.caption("Choose one on the left to see its evidence.")
