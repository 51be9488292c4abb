"""What is open, written into the page's address so that a reload or a copied link opens it again.

A browser can still send the address from before for a moment after it was changed here, for example with a poll that
was under way. Such an echo must not bring back what was just left.
"""

import time

import streamlit as st

ECHO_S = 3.0
"""How long an address that was left here is taken for an echo; a person does not come back faster."""


def write_address(name: str, value: str | None) -> None:
    """Put the value into the address, or take it out."""
    if value is not None and st.session_state.get(_left(name), (None, 0.0))[0] == value:
        del st.session_state[_left(name)]  # somebody chose it again: that is no echo
    before = st.query_params.get(name)
    if before == value:
        return
    if before is not None:
        st.session_state[_left(name)] = (before, time.monotonic())
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def read_address(name: str) -> str | None:
    """The value in the address; None if there is none or if it is an echo. For whole runs of a page, not for polls."""
    value = st.query_params.get(name)
    left, at = st.session_state.get(_left(name), (None, 0.0))
    return None if value is not None and value == left and time.monotonic() - at < ECHO_S else value


def _left(name: str) -> str:
    return f"left_address_{name}"
