"""The filter row: days, time zone, kinds of messages."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from agent import FIRST_DAY, LAST_DAY, FactFilter
from pages.ui.analytics.filter_address import (
    ANY,
    DEMO,
    SINCE,
    SPAN,
    SPANS,
    UNTIL,
    USUAL,
    ZONE,
    Offer,
    clear_filter,
    key_of,
    take_days,
    take_span,
    write_filter,
    zones,
)
from pages.ui.analytics.names import word

SHOWN = ("intent", "category")
TUCKED = ("channel", "team", "reviewer")


def ask(offer: Offer) -> FactFilter:
    """Draw the filter row and return what it says."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="analytics_filters", gap="small"):
        span = st.segmented_control(
            "Days", list(SPANS), key=key_of(SPAN), format_func=SPANS.__getitem__, on_change=take_span, args=(offer,)
        )
        since, until = _day("From day", SINCE, offer), _day("To day", UNTIL, offer)
        words = {name: _word(name, offer) for name in SHOWN}
        with st.popover(f"More{_count(offer)}", icon=":material/tune:", key="more_filters"):
            words |= {name: _word(name, offer) for name in TUCKED if offer.words[name]}
            zone = _zone(offer)
            demo = _demo(offer)
        st.button(
            "Clear", key="clear_analytics", icon=":material/filter_alt_off:", on_click=clear_filter, args=(offer,)
        )
    if since is None and until is None:
        since, until = days_of(span if span in SPANS else USUAL, zone)
    wanted: dict[str, Any] = {name: None if chosen == ANY else chosen for name, chosen in words.items()}
    return FactFilter.model_validate({**wanted, "since": since, "until": until, "zone": zone, "demo": demo})


def days_of(span: str, zone: str) -> tuple[date | None, date | None]:
    """The first and the last day of a quick span, today included; none for all of it."""
    if span == "all":
        return None, None
    today = datetime.fromtimestamp(time.time(), UTC).astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=int(span) - 1), today


def _count(offer: Offer) -> str:
    """How many filters are set out of sight."""
    tucked = (*(name for name in TUCKED if offer.words[name]), ZONE, DEMO)
    count = sum(st.session_state.get(key_of(name), offer.usual(name)) != offer.usual(name) for name in tucked)
    return f" ({count})" if count else ""


def _word(name: str, offer: Offer) -> str:
    options = (ANY, *offer.words[name])
    chosen = st.selectbox(
        name.capitalize(),
        options,
        key=key_of(name),
        width=120 if name in SHOWN else "stretch",
        format_func=lambda option: option if name == "reviewer" and option != ANY else word(option),
        on_change=write_filter,
        args=(offer,),
    )
    return chosen if chosen in options else ANY  # a widget's limits hold in the browser only


def _zone(offer: Offer) -> str:
    chosen = st.selectbox(
        "Time zone",
        zones(),
        key=key_of(ZONE),
        format_func=lambda name: name.replace("_", " "),
        help="Where a day begins. At first it is the zone of your browser.",
        on_change=write_filter,
        args=(offer,),
    )
    return chosen if chosen in zones() else offer.zone


def _demo(offer: Offer) -> bool:
    if not offer.has_demo:
        return True
    return st.toggle("Count demo data", key=key_of(DEMO), on_change=write_filter, args=(offer,))


def _day(label: str, name: str, offer: Offer) -> date | None:
    chosen = st.date_input(
        label,
        value=None,
        key=key_of(name),
        width=134,
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        on_change=take_days,
        args=(offer,),
    )
    return chosen if isinstance(chosen, date) else None
