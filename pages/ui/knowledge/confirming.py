"""Second thoughts: what changes articles is confirmed in a place of its own, which a double click does not reach."""

import time
from dataclasses import dataclass

import streamlit as st

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
    """Whether it may be done now; once, and not within the double click that asked for it."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is None or not is_asked(deed, about) or time.monotonic() - asked.at < ARMED_AFTER_S:
        return False
    st.session_state.pop(ASKED)
    return True


def put_away() -> None:
    """Do nothing after all; a callback."""
    st.session_state.pop(ASKED, None)
