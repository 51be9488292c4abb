"""The filters of the queue; they live in the address, so that a filtered queue can be shared."""

from typing import Any

import streamlit as st

from agent import QueueFilter

STATUSES: dict[str, tuple[str, ...]] = {
    "Open": ("pending",),
    "Decided": ("approved", "edited", "denied", "responded", "taken_over", "rejected", "expired", "applied"),
    "All": (),
}
AMOUNTS: dict[str, tuple[int | None, int | None]] = {
    "Any": (None, None),
    "Up to 50": (None, 5_000),
    "50 to 200": (5_000, 20_000),
    "Over 200": (20_001, None),
}


def ask_filter() -> QueueFilter:
    """Draw the filters and return what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="queue_filters"):
        status = st.segmented_control(
            "Status", list(STATUSES), default="Open", key="status", bind="query-params", required=True
        )
        kind = st.segmented_control("Kind", ["refund", "escalation"], key="kind", bind="query-params")
        priority = st.segmented_control("Priority", ["urgent", "high", "normal"], key="priority", bind="query-params")
        amount = st.selectbox("Amount", list(AMOUNTS), key="amount", bind="query-params", width=130)
        search = st.text_input(
            "Search", key="find", bind="query-params", placeholder="Customer, order, words", type="search", width=230
        )
    least, most = AMOUNTS[amount or "Any"]
    wanted: dict[str, Any] = {
        "statuses": STATUSES[status or "Open"],
        "kinds": (kind,) if kind else (),
        "priorities": (priority,) if priority else (),
        "min_minor": least,
        "max_minor": most,
        "search": search or "",
    }
    return QueueFilter.model_validate(wanted)
