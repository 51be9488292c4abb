"""The filters of the queue; they live in the address, so that a filtered queue can be shared."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from agent import QueueFilter
from pages.ui.queue.queue_words import REASON, TEAM
from pages.ui.words import ADVICE_TONE, PRIORITY_TONE, REVIEW_KIND

OPEN = ("pending", "awaiting_second")
DECIDED = ("approved", "edited", "denied", "responded", "taken_over", "rejected", "expired", "applied")
STATUSES: Mapping[str, tuple[str, ...]] = {
    "Open": OPEN,
    "First decision": ("pending",),
    "Second person": ("awaiting_second",),
    "Decided": DECIDED,
    "All": (),
}
AMOUNTS: Mapping[str, tuple[int | None, int | None]] = {
    "Any": (None, None),
    "Up to 50": (None, 5_000),
    "50 to 200": (5_001, 20_000),
    "200 to 500": (20_001, 50_000),
    "Over 500": (50_001, None),
}
AGES: Mapping[str, tuple[float | None, float | None]] = {
    "Any": (None, None),
    "Under 1 h": (None, 1),
    "1 to 4 h": (1, 4),
    "4 to 8 h": (4, 8),
    "8 to 24 h": (8, 24),
    "Over 24 h": (24, None),
}
ANY = "Any"
FOLDED = ("priority", "reason", "amount", "age")
"""Filters that are asked for less often."""
KEYS = ("find", "status", "kind", "team", "rule", *FOLDED, "mine")


def ask_filter(subject: str) -> QueueFilter:
    """Draw the filters in one row and return what they say; `subject` is whose claims "mine" means."""
    with st.container(horizontal=True, vertical_alignment="center", key="queue_filters", gap="xsmall"):
        search = st.text_input(
            "Search the queue",
            key="find",
            bind="query-params",
            placeholder="Customer, order, words",
            type="search",
            width=170,
            label_visibility="collapsed",
        )
        status = _choose("Status", list(STATUSES), key="status", width=120)
        kind = _choose("Kind", [ANY, *REVIEW_KIND], key="kind", words=REVIEW_KIND, width=118)
        team = _choose("Team", [ANY, *TEAM], key="team", words=TEAM, width=112)
        rule = _choose("Rule says", [ANY, *ADVICE_TONE], key="rule", width=118)
        mine = st.toggle("Mine", key="mine", bind="query-params", help="Claimed by me")
        folded = _ask_folded()
        if any(_is_set(key) for key in KEYS):
            st.button("Clear filters", key="clear_filters", icon=":material/filter_alt_off:", on_click=clear_filters)
    least, most = AMOUNTS[folded["amount"]]
    youngest, oldest = AGES[folded["age"]]
    wanted: dict[str, Any] = {
        "statuses": STATUSES[status],
        "kinds": _only(kind),
        "priorities": _only(folded["priority"]),
        "teams": _only(team),
        "reasons": _only(folded["reason"]),
        "recommendations": _only(rule),
        "min_minor": least,
        "max_minor": most,
        "min_age_h": youngest,
        "max_age_h": oldest,
        "claimed_by": subject if mine else None,
        "search": _searchable(search or ""),
    }
    return QueueFilter.model_validate(wanted)


def clear_filters() -> None:
    """Take every filter away, from the address too."""
    for key in KEYS:
        if key in st.session_state:
            st.session_state[key] = _default(key)


def _ask_folded() -> dict[str, str]:
    count = sum(_is_set(key) for key in FOLDED)
    with st.popover(f"More filters ({count})" if count else "More filters", icon=":material/tune:"):
        return {
            "priority": _choose("Priority", [ANY, *PRIORITY_TONE], key="priority", folded=True),
            "reason": _choose("Reason", [ANY, *REASON], key="reason", words=REASON, folded=True),
            "amount": _choose("Amount", list(AMOUNTS), key="amount", folded=True),
            "age": _choose("Waiting for", list(AGES), key="age", folded=True),
        }


def _choose(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    words: Mapping[str, str] | None = None,
    width: int = 220,
    folded: bool = False,
) -> str:
    """One choice; in the row its first option says what it is about, because there is no room for a label."""

    def say(option: str) -> str:
        if option == ANY and not folded:
            return f"Any {label.lower()}" if key != "rule" else "Any advice"
        return words.get(option, option) if words else option

    chosen = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        width=width,
        format_func=say,
        label_visibility="visible" if folded else "collapsed",
    )
    return chosen if chosen in options else options[0]  # a widget's limits hold in the browser only


def _only(chosen: str) -> tuple[str, ...]:
    return () if chosen == ANY else (chosen,)


def _default(key: str) -> str | bool:
    if key == "mine":
        return False
    return {"find": "", "status": "Open"}.get(key, ANY)


def _is_set(key: str) -> bool:
    """Whether this filter narrows the queue. Before the filters are first drawn only the address knows."""
    asked = st.session_state[key] if key in st.session_state else st.query_params.get(key, _default(key))
    return asked not in {None, _default(key)}


def _searchable(text: str) -> str:
    """What can be looked for at all: half of a surrogate pair or a null byte is in no text of the desk."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:200]
