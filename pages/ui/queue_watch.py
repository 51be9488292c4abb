"""What reviewers notice wherever they are: a badge on Approvals, and a word when something new waits."""

import streamlit as st

from agent import Desk, QueueFilter
from pages.ui.plain_text import plain
from pages.ui.words import REVIEW_KIND

SEEN = "seen_reviews"
BADGE = "badge_count"
NEWEST = 20


def badge(desk: Desk) -> str:
    """The page's title with the number of waiting reviews."""
    count = desk.queue_counts().pending
    st.session_state[BADGE] = count
    return f"Approvals :orange-badge[{count}]" if count else "Approvals"


@st.fragment(run_every=1.0)
def watch_queue(desk: Desk) -> None:
    """Say what is new since the last look, and bring the badge up to date."""
    counts = desk.queue_counts()
    before = st.session_state.get(SEEN)
    if before is None or before[0] != counts.latest_seq:
        rows = desk.queue(QueueFilter(), limit=NEWEST)
        ids = {row.review_id for row in rows}
        if before is not None:
            for row in rows:
                if row.review_id not in before[1]:
                    what = f"Refund of {row.amount}" if row.amount else REVIEW_KIND[row.kind].capitalize()
                    st.toast(f"{plain(what)} waits for a decision", icon=":material/notifications:")
        st.session_state[SEEN] = (counts.latest_seq, ids | (before[1] if before else set()))
    if st.session_state.get(BADGE) != counts.pending:
        st.rerun()
