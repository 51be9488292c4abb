"""The filters of the queue; they live in the address, so that a filtered queue can be shared."""

from typing import Any

import streamlit as st

from agent import QueueFilter
from pages.ui.words import REVIEW_KIND

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
        status = _choose("Status", list(STATUSES), key="status")
        kind = _choose("Kind", ["Any", *REVIEW_KIND], key="kind")
        priority = _choose("Priority", ["Any", "urgent", "high", "normal"], key="priority")
        amount = _choose("Amount", list(AMOUNTS), key="amount")
        search = st.text_input(
            "Search", key="find", bind="query-params", placeholder="Customer, order, words", type="search", width=260
        )
    least, most = AMOUNTS[amount]
    wanted: dict[str, Any] = {
        "statuses": STATUSES[status],
        "kinds": () if kind == "Any" else (kind,),
        "priorities": () if priority == "Any" else (priority,),
        "min_minor": least,
        "max_minor": most,
        "search": search or "",
    }
    return QueueFilter.model_validate(wanted)


def _choose(label: str, options: list[str], *, key: str) -> str:
    chosen = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        width=150,
        format_func=lambda option: REVIEW_KIND.get(option, option),
    )
    return chosen if chosen in options else options[0]  # a widget's limits hold in the browser only
