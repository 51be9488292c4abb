"""Which part of the knowledge page is looked at, and what is open in it; both stand in the address."""

import streamlit as st

from agent import Identity, Role
from pages.ui.address import write_address
from pages.ui.view_choice import VIEW

CHOSEN_VIEW = "knowledge_view"
ARTICLE, DRAFT, GAP, REVIEW, RUN = "article", "draft", "gap", "review", "run"
OPENED = (ARTICLE, DRAFT, GAP, REVIEW, RUN)
NEW = "new"
"""What the address calls a draft that was not kept yet."""

CURATORS: tuple[Role, ...] = ("analyst", "lead", "admin")


def may_change(identity: Identity) -> bool:
    """Whether this role changes articles; the desk checks it again."""
    return identity.role in CURATORS


def note_view() -> None:
    """Put the chosen part into the address, with nothing open in it; a callback."""
    go_to(st.session_state[CHOSEN_VIEW])


def go_to(view: str, **opened: str) -> None:
    """Show a part of the page, with what is named open in it and nothing else; a callback."""
    st.session_state[CHOSEN_VIEW] = view
    write_address(VIEW, view)
    for name in OPENED:
        write_address(name, opened.get(name))
