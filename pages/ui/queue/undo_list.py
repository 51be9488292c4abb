"""One's own decisions that still wait, and can be called back."""

from collections.abc import Collection, Mapping

import streamlit as st

from agent import Desk, Identity, QueueFilter, ReviewSummary
from pages.ui.present import seconds_left
from pages.ui.review.outcome import is_held_by
from pages.ui.review.undo_bar import draw_undo_bar
from pages.ui.words import REVIEW_KIND

WAITING = QueueFilter(statuses=("approved", "edited", "denied", "responded", "awaiting_second"))
"""Decisions that may wait; carried out ones are "applied"."""
MOST = 200
SHOWN = 3


def held_decisions(desk: Desk, identity: Identity) -> Mapping[str, ReviewSummary]:
    """This person's decisions that can still be called back, by review id."""
    return {
        row.review_id: row
        for row in desk.queue(WAITING, limit=MOST)
        if is_held_by(row, identity.subject) and seconds_left(row.held_until or "") > 0
    }


def draw_undo_list(desk: Desk, held: Mapping[str, ReviewSummary], identity: Identity, but: Collection[str]) -> None:
    """Draw them, except those in `but`, which have their undo elsewhere on the page."""
    rows = [row for review_id, row in held.items() if review_id not in but]
    if not rows:
        return
    with st.container(border=True, key="undo_list", gap="xsmall"):
        st.markdown("**Can still be undone**")
        for row in rows[:SHOWN]:
            draw_undo_bar(desk, row, identity, place="list")
        if len(rows) > SHOWN:
            st.caption(f"and {len(rows) - SHOWN} more")


def line(row: ReviewSummary) -> str:
    """Which review this is, in a line."""
    what = str(row.amount) if row.amount else REVIEW_KIND[row.kind]
    return " · ".join(part for part in (row.requester, row.order_number, what) if part)
