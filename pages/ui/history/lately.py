"""What costs too much to be worked out in every run of a page: kept in the session for a while."""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

KEPT_S = 20.0

Worked = TypeVar("Worked")


def lately(name: str, about: Hashable, work_out: Callable[[], Worked], *, for_s: float = KEPT_S) -> Worked:
    """The result of `work_out`, at most `for_s` seconds old; worked out anew for another `about`."""
    known = st.session_state.get(_key(name))
    if known is not None and known[0] == about and time.monotonic() - known[1] < for_s:
        result: Worked = known[2]
        return result
    result = work_out()
    st.session_state[_key(name)] = (about, time.monotonic(), result)
    return result


def forget(name: str) -> None:
    """Work it out anew the next time."""
    st.session_state.pop(_key(name), None)


def _key(name: str) -> str:
    return f"lately_{name}"
