"""Which review is selected: always by its id, never by its place in the list. The address names it."""

import streamlit as st

from pages.ui.address import read_address, write_address

SELECTED = "selected_review"
ALIKE = "alike"


def follow_address() -> None:
    """Select the review that the address names, if it names one; else name the selected one in the address."""
    asked = read_address("review") or st.session_state.get(SELECTED)
    if asked:
        select(asked)


def select(review_id: str) -> None:
    """Select a review, and write it into the address."""
    st.session_state[SELECTED] = review_id
    write_address("review", review_id)


def choose(review_id: str) -> None:
    """Select a review and show its card, whatever was shown beside the queue before."""
    open_group(None)
    select(review_id)


def opened_group() -> str | None:
    """The short name of the group of look-alikes that is open instead of a review; None if none is."""
    name: str | None = st.session_state.get(ALIKE)
    return name


def follow_group() -> None:
    """Open the group of look-alikes that the address names."""
    open_group(read_address(ALIKE) or st.session_state.get(ALIKE))


def open_group(name: str | None) -> None:
    """Open a group of look-alikes, or with None go back to the card."""
    st.session_state[ALIKE] = name
    write_address(ALIKE, name)
