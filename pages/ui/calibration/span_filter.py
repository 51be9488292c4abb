"""Which past turns count: days, and whether made-up data does; both stand in the address."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import streamlit as st

from agent import FIRST_DAY, LAST_DAY, TurnSpan
from pages.ui.address import read_address, write_address

SPANS = {"30": "30 days", "90": "90 days", "all": "All", "own": "Own days"}
USUAL = "all"
OUT = "out"
SPAN, SINCE, UNTIL, DEMO = "span", "since", "until", "demo"


def ask_span() -> TurnSpan:
    """Draw the row and return what it says."""
    _take_address()
    with st.container(horizontal=True, vertical_alignment="bottom", key="calibration_row", gap="small"):
        chosen = st.segmented_control(
            "Days of past turns",
            list(SPANS),
            required=True,
            key=_key(SPAN),
            format_func=SPANS.__getitem__,
            on_change=_note,
        )
        since, until = (_day("From day", SINCE), _day("To day", UNTIL)) if chosen == "own" else days_of(chosen)
        demo = st.toggle(
            "Count demo data",
            key=_key(DEMO),
            on_change=_note,
            help="Made-up turns that show what the desk's figures look like.",
        )
    return TurnSpan(since=since, until=until, demo=bool(demo))


def count_demo_too() -> None:
    """Let made-up data count again; a callback."""
    st.session_state[_key(DEMO)] = True
    _note()


def show_all_turns() -> None:
    """Count every day; a callback."""
    st.session_state[_key(SPAN)] = "all"
    _note()


def days_of(span: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of a quick span in UTC, today included; none for all of it."""
    if span not in SPANS or not str(span).isdigit():
        return None, None
    today = datetime.fromtimestamp(time.time(), UTC).date()
    return today - timedelta(days=int(str(span)) - 1), today


def _day(label: str, name: str) -> date | None:
    chosen = st.date_input(
        label,
        value=None,
        key=_key(name),
        width=140,
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        on_change=_note,
        help="Whole days in UTC.",
    )
    return chosen if isinstance(chosen, date) else None


def _key(name: str) -> str:
    return f"calibration_{name}"


def _take_address() -> None:
    """Let the widgets show what the address says, as far as that can be understood."""
    parse: dict[str, tuple[Callable[[str], Any], Any]] = {
        SPAN: (lambda text: text if text in SPANS else None, USUAL),
        SINCE: (_parsed, None),
        UNTIL: (_parsed, None),
        DEMO: (lambda text: False if text == OUT else None, True),
    }
    for name, (parsed, usual) in parse.items():
        said = read_address(name)
        value = parsed(said) if said is not None else None
        if value is not None:
            st.session_state[_key(name)] = value
        elif _key(name) not in st.session_state:
            st.session_state[_key(name)] = usual


def _note() -> None:
    """Put what the widgets show into the address; a callback."""
    state = st.session_state
    span = state.get(_key(SPAN), USUAL)
    write_address(SPAN, None if span == USUAL else span)
    for name in (SINCE, UNTIL):
        day = state.get(_key(name)) if span == "own" else None
        write_address(name, day.isoformat() if isinstance(day, date) else None)
    write_address(DEMO, None if state.get(_key(DEMO), True) else OUT)


def _parsed(text: str) -> date | None:
    with suppress(ValueError):
        found = date.fromisoformat(text)
        return found if FIRST_DAY <= found <= LAST_DAY else None
    return None
