"""The desk of this process: opened once, in a thread of its own, while pages show how far it is."""

import time

import streamlit as st

from agent import Desk, Opening


@st.cache_resource(show_spinner=False, on_release=Opening.close)
def _opening() -> Opening:
    return Opening()


def the_opening() -> Opening:
    """How far the desk is; starts opening it."""
    return _opening()


def desk_if_open() -> Desk | None:
    """The desk, or None while it is being opened; starts opening it."""
    return _opening().desk


def the_desk() -> Desk:
    """The desk; shows progress until it is open, and why not if it cannot be opened."""
    opening = _opening()
    if opening.desk is None:
        _wait_for(opening)
    if opening.desk is None:
        st.error(opening.problem or "", title="The desk is closed", icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", on_click=_opening.clear)
        st.stop()
    return opening.desk


def _wait_for(opening: Opening) -> None:
    place = st.empty()
    with place.container(key="opening", border=True, width=560):
        st.header("Opening the desk")
        st.caption(
            "The first start trains the classifiers and indexes the articles; later starts take a second or two."
        )
        bar = st.progress(0.0)
        while not opening.finished:
            bar.progress(min(max(opening.share, 0.0), 1.0), text=opening.doing)
            time.sleep(0.1)
    place.empty()
    if opening.desk is not None:
        st.rerun()  # what app.py draws around the pages needs the desk as well
