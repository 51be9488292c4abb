"""A deed that is prepared and then confirmed: a double click on the first button does not hit the second."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from pages.ui.review.decision_form import ARMED_AFTER_S

PREPARED = "calibration_prepared"
DONE = "calibration_done"
WHOLE_PAGE = "calibration_whole_page"
TOLD_S = 8.0
"""How long it is told what was done."""

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What is about to be done, since when (monotonic seconds), and what stood in the way at the last try."""

    what: str
    opened_at: float
    problem: str = ""


def prepare(what: str) -> None:
    """Open the form of a deed; opening it again changes nothing. A callback."""
    if prepared(what) is None:
        st.session_state[PREPARED] = Prepared(what=what, opened_at=time.monotonic())


def prepared(what: str) -> Prepared | None:
    """The form of this deed, if it is open."""
    form: Prepared | None = st.session_state.get(PREPARED)
    return form if form is not None and form.what == what else None


def put_away() -> None:
    """Close the form; what was typed is kept. A callback."""
    st.session_state.pop(PREPARED, None)


def is_armed(what: str) -> bool:
    """Whether a confirmation counts; a form that was just opened says that it does not, one that is gone nothing."""
    form = prepared(what)
    if form is None:
        return False
    if time.monotonic() - form.opened_at < ARMED_AFTER_S:
        keep_open(what, "That click came with the one before. Nothing was saved; confirm again.")
        return False
    return True


def keep_open(what: str, problem: str) -> None:
    """Say what stood in the way; the next confirmation has to be a click of its own."""
    form = prepared(what)
    if form is not None:
        st.session_state[PREPARED] = replace(form, problem=problem)


def say_done(text: str) -> None:
    """Close the form, and tell on top of the page what was done."""
    put_away()
    st.session_state[DONE] = (text, time.monotonic())
    st.session_state[WHOLE_PAGE] = True


def just_done() -> str:
    """What was done a moment ago; a run that another click broke off must not have used it up."""
    text, at = st.session_state.get(DONE, ("", 0.0))
    return str(text) if time.monotonic() - at < TOLD_S else ""


def undisturbed(steps: Callable[[], Found]) -> Found:
    """Take these steps in the session to their end, for callbacks that do something which must not stay half done.

    Once another click has come, Streamlit breaks a callback off wherever it looks into the session, and does not call
    it again. The run of that click is given up instead; mostly it is the second half of a double click. The steps may
    be taken more than once.
    """
    while True:
        try:
            return steps()
        except RerunException:
            continue


def draw_whole_page_if_done() -> None:
    """In a fragment: what was done changes more than the fragment."""
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()
