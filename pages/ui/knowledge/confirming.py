"""Second thoughts: what changes articles is confirmed in a place of its own, which a double click does not reach."""

import time
from dataclasses import dataclass

import streamlit as st

from pages.ui.knowledge.one_at_a_time import one_at_a_time
from pages.ui.knowledge.sayings import say

ASKED = "knowledge_asked"
ARMED_AFTER_S = 0.6
"""A confirmation counts only this long after it was asked for: the second half of a double click does not."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be confirmed, about which article, and when it was asked (monotonic seconds)."""

    deed: str
    about: str
    at: float


def ask(deed: str, about: str) -> None:
    """Ask for a confirmation; asking again changes nothing; a callback."""
    if not is_asked(deed, about):
        st.session_state[ASKED] = Asked(deed=deed, about=about, at=time.monotonic())


def is_asked(deed: str, about: str) -> bool:
    """Whether this waits for its confirmation."""
    asked: Asked | None = st.session_state.get(ASKED)
    return asked is not None and (asked.deed, asked.about) == (deed, about)


def take_confirmation(deed: str, about: str) -> bool:
    """Whether it may be done now: once, and not within the double click that asked for it, which is said."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is None or not is_asked(deed, about):
        return False
    if time.monotonic() - asked.at < ARMED_AFTER_S:
        say("That click came with the one before. Nothing was changed; confirm again.", worked=False)
        return False
    with one_at_a_time(f"{about}-{asked.at}"):
        return st.session_state.pop(ASKED, None) is not None


def put_away() -> None:
    """Do nothing after all; a callback."""
    st.session_state.pop(ASKED, None)
