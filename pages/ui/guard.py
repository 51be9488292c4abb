"""The first statement of every page: who may see it is decided here, on the server, every time."""

from pathlib import Path

import streamlit as st

from agent import Identity, Role
from pages.ui.identity import PEOPLE, become, current_identity

ENTERED = "entered_through_app"
WANTED = "wanted_page"


def guard(page_file: str, *roles: Role) -> Identity:
    """Who looks at this page. Stops the page unless the session came through app.py and has one of the roles.

    Right after a start Streamlit runs a page that is opened by its address without app.py; such a visit is sent
    through app.py first and comes back.
    """
    if not st.session_state.get(ENTERED):
        st.session_state[WANTED] = (f"pages/{Path(page_file).name}", st.query_params.to_dict())
        st.switch_page("app.py")
    identity = current_identity()
    if identity.role not in roles:
        _refuse(identity, roles)
    return identity


def mark_entered() -> None:
    """Called by app.py alone: from here on the session's pages run under its navigation."""
    st.session_state[ENTERED] = True


def follow_wish() -> None:
    """Go on to the page that was asked for before the session came through app.py."""
    wanted = st.session_state.pop(WANTED, None)
    if wanted is not None:
        page, query = wanted
        st.switch_page(page, query_params=query)


def _refuse(identity: Identity, roles: tuple[Role, ...]) -> None:
    allowed = [person for person in PEOPLE.values() if person.role in roles]
    with st.container(border=True, width=560, key="refused"):
        st.subheader("This page needs another role", icon=":material/lock:")
        st.write(f"You are here as {identity.subject}, {identity.role}. It needs one of: {', '.join(roles)}.")
        with st.container(horizontal=True):
            for person in allowed:
                st.button(f"Be {person.name} (demo {person.role})", on_click=become, args=(person.name,))
    st.stop()
