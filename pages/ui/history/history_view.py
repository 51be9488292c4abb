"""Which part of the history is looked at; it stands in the address."""

import streamlit as st

from pages.ui.address import write_address
from pages.ui.history.history_filter import DECISION
from pages.ui.view_choice import VIEW

CHOSEN_VIEW = "history_view"


def note_view() -> None:
    """Put the chosen part into the address; a callback."""
    write_address(VIEW, st.session_state[CHOSEN_VIEW])


def go_to_decision(decision: str) -> None:
    """Show a decision among the others; a callback."""
    st.session_state[CHOSEN_VIEW] = "decisions"
    note_view()
    write_address(DECISION, decision)
