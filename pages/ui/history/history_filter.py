"""The filters of the history; they live in the address, so that what was found can be shared."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from agent import HistoryFilter
from pages.ui.words import ACTION_DONE, REVIEW_KIND

ANY = "any"
ACTIONS = (ANY, "approve", "edit", "deny", "respond", "take-over")
KINDS = (ANY, *REVIEW_KIND)
SHEET = "sheet"
DECISION = "decision"
FIELDS = ("person", "did", "about", "since", "until", "words")


def ask_history() -> HistoryFilter:
    """Draw the filters and return what they say. Days begin and end at midnight UTC."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="history_filters"):
        did = _choose("What was done", ACTIONS, key="did", names={ANY: "Anything", **ACTION_DONE})
        about = _choose("On what", KINDS, key="about", names={ANY: "Anything", **REVIEW_KIND})
        since = _day("From day", key="since")
        until = _day("To day", key="until")
        person = _text("Decided by", key="person", placeholder="Exact name", width=125)
        words = _text("Search", key="words", placeholder="Words, order, note", width=185)
        st.button("Clear", key="clear_history", icon=":material/filter_alt_off:", on_click=clear_filter)
    wanted: dict[str, Any] = {
        "subject": person,
        "actions": () if did == ANY else (did,),
        "kinds": () if about == ANY else (about,),
        "search": words,
        "since": midnight(since),
        "until": midnight(until + timedelta(days=1)) if until else None,
    }
    return HistoryFilter.model_validate(wanted)


def midnight(day: date | None) -> str | None:
    """The day's beginning as the desk writes times."""
    return f"{day.isoformat()}T00:00:00.000Z" if day else None


def clear_filter() -> None:
    """Show everything again; a callback."""
    for name, value in zip(FIELDS, ("", ANY, ANY, None, None, ""), strict=True):
        st.session_state[name] = value
    first_sheet()


def first_sheet() -> None:
    """Begin at the first page: what was on the others may be no more; a callback."""
    st.session_state[SHEET] = 1


def _choose(label: str, options: tuple[str, ...], *, key: str, names: dict[str, str]) -> str:
    chosen = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        width=140,
        format_func=lambda option: names[option].capitalize(),
        on_change=first_sheet,
    )
    return chosen if chosen in options else options[0]  # a widget's limits hold in the browser only


def _day(label: str, *, key: str) -> date | None:
    chosen = st.date_input(
        label, value=None, key=key, bind="query-params", width=125, format="YYYY-MM-DD", on_change=first_sheet
    )
    return chosen if isinstance(chosen, date) else None


def _text(label: str, *, key: str, placeholder: str, width: int) -> str:
    typed = st.text_input(
        label,
        key=key,
        bind="query-params",
        placeholder=placeholder,
        type="search",
        width=width,
        max_chars=200,
        on_change=first_sheet,
    )
    return "".join(sign for sign in typed or "" if sign.isprintable()).strip()
