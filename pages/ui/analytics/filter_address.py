"""The filter in the address: read when the address changed, written when somebody chose something.

Streamlit can bind widgets to the address, but by the labels that people see; addresses are to outlive those.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args
from zoneinfo import available_timezones

import streamlit as st

from agent import FIRST_DAY, LAST_DAY, FactFilter, FilterChoices, Identity
from pages.ui.address import ECHO_S

ANY = "any"
SPANS = {"7": "7 days", "30": "30 days", "90": "90 days", "all": "All"}
USUAL = "30"
LEADERS = ("lead", "admin")

VIEW, SPAN, SINCE, UNTIL, ZONE, DEMO = "view", "span", "since", "until", "zone", "demo"
WORDS = ("intent", "category", "channel", "team", "reviewer")
FIELDS = (VIEW, SPAN, SINCE, UNTIL, ZONE, DEMO, *WORDS)
OUT = "out"
"""What the address says of demo data that does not count."""

KNOWN = "analytics_address"
LEFT = "analytics_left"
FOREIGN = ("thread", "review", "decision")
"""What addresses of other pages name."""

Address = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What can be chosen by this person; `zone` is where the browser is."""

    views: tuple[str, ...]
    words: Mapping[str, Sequence[str]]
    zone: str
    has_demo: bool

    def fits(self, name: str, value: str) -> bool:
        """Whether the address may say this."""
        if name in self.words:
            return value in self.words[name]
        checks: dict[str, Callable[[str], bool]] = {
            VIEW: self.views.__contains__,
            SPAN: SPANS.__contains__,
            SINCE: _is_day,
            UNTIL: _is_day,
            ZONE: zones().__contains__,
            DEMO: OUT.__eq__,
        }
        return checks[name](value)

    def usual(self, name: str) -> Any:
        """What holds where the address says nothing."""
        if name in self.words:
            return ANY
        return {VIEW: self.views[0], SPAN: USUAL, ZONE: self.zone, DEMO: True}.get(name)


@dataclass(frozen=True, kw_only=True)
class Known:
    """The address that the widgets show, the one before, and when it was left."""

    address: Address
    before: Address | None
    left_at: float


def key_of(name: str) -> str:
    """The widget of a field."""
    return f"analytics_{name}"


def offer_for(choices: FilterChoices, identity: Identity, views: Sequence[str]) -> Offer:
    """What this person can choose from: only those who lead look at one reviewer."""
    words: dict[str, Sequence[str]] = {name: _closed(name) for name in ("intent", "category", "team")}
    words["channel"] = choices.channels
    words["reviewer"] = choices.reviewers if identity.role in LEADERS else ()
    here = st.context.timezone or "UTC"
    zone = here if here in zones() else "UTC"
    return Offer(views=tuple(views), words=words, zone=zone, has_demo=choices.demo_turns > 0)


def leave(page: str, query: Mapping[str, str]) -> None:
    """Go to another page; who comes back finds what was open here."""
    st.session_state[LEFT] = st.query_params.to_dict()
    st.switch_page(page, query_params=query)


def _come_back() -> None:
    """Streamlit leaves an address between two pages in the history: this page with the other one's query."""
    left: Address | None = st.session_state.get(LEFT)
    if left is not None and any(name in st.query_params for name in FOREIGN):
        st.query_params.from_dict(left)


def take_address(offer: Offer) -> tuple[str, ...]:
    """Let the widgets show what the address says; returns the names of what it says in vain."""
    _come_back()
    address: Address = {name: value for name in FIELDS if (value := st.query_params.get(name)) is not None}
    known: Known | None = st.session_state.get(KNOWN)
    if known is None or key_of(VIEW) not in st.session_state or _is_new(address, known):
        _fill(offer, address)
        st.session_state[KNOWN] = Known(address=address, before=None, left_at=0.0)
    return tuple(name for name, value in address.items() if not offer.fits(name, value))


def write_filter(offer: Offer) -> None:
    """Put what the widgets show into the address; a callback."""
    state = st.session_state
    address: Address = {}
    for name in FIELDS:
        value = state.get(key_of(name), offer.usual(name))
        if value not in (None, offer.usual(name)):
            address[name] = OUT if name == DEMO else value.isoformat() if isinstance(value, date) else str(value)
    known: Known | None = state.get(KNOWN)
    before = known.address if known is not None else None
    state[KNOWN] = Known(address=address, before=before, left_at=time.monotonic())
    for name in FIELDS:
        if name not in address:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != address[name]:
            st.query_params[name] = address[name]


def take_span(offer: Offer) -> None:
    """A quick span counts instead of days; a callback."""
    state = st.session_state
    if state.get(key_of(SPAN)) is not None:
        state[key_of(SINCE)] = state[key_of(UNTIL)] = None
    elif not _own_days():
        state[key_of(SPAN)] = USUAL
    write_filter(offer)


def take_days(offer: Offer) -> None:
    """Days count instead of a quick span; a callback."""
    st.session_state[key_of(SPAN)] = None if _own_days() else USUAL
    write_filter(offer)


def show_all_days(offer: Offer) -> None:
    """Look at everything that is stored; a callback."""
    st.session_state[key_of(SPAN)] = "all"
    take_span(offer)


def clear_filter(offer: Offer) -> None:
    """Show the usual days and everything in them; a callback."""
    view = st.session_state.get(key_of(VIEW))
    _fill(offer, {VIEW: view} if view is not None else {})
    write_filter(offer)


@cache
def zones() -> tuple[str, ...]:
    """The time zones that people choose from, UTC first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix")))
    return ("UTC", *places)


def _is_new(address: Address, known: Known) -> bool:
    """Whether somebody changed the address, rather than a request that was under way while it was changed here."""
    echo = address == known.before and time.monotonic() - known.left_at < ECHO_S
    return address != known.address and not echo


def _fill(offer: Offer, address: Address) -> None:
    said = {name: value for name, value in address.items() if offer.fits(name, value)}
    for name in FIELDS:
        st.session_state[key_of(name)] = _parsed(name, said[name]) if name in said else offer.usual(name)
    if _own_days():
        st.session_state[key_of(SPAN)] = None


def _parsed(name: str, text: str) -> Any:
    if name in {SINCE, UNTIL}:
        return date.fromisoformat(text)
    return False if name == DEMO else text


def _own_days() -> bool:
    return bool(st.session_state.get(key_of(SINCE)) or st.session_state.get(key_of(UNTIL)))


def _closed(name: str) -> tuple[str, ...]:
    """The words that the desk knows for a field of the filter."""
    return tuple(word for kind in get_args(FactFilter.model_fields[name].annotation) for word in get_args(kind))


def _is_day(value: str) -> bool:
    with suppress(ValueError):
        return FIRST_DAY <= date.fromisoformat(value) <= LAST_DAY
    return False
