"""The first statement of every page: who may see it is decided here, on the server, every time."""

from pathlib import Path

import streamlit as st

from agent import Identity, Role
from pages.ui.access.identity import Visitor, become, demo_people, who_is_here
from pages.ui.access.sign_in import draw_sign_in
from pages.ui.access.wish import Wish, kept_wish
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain

ENTERED = "entered_through_app"
WANTED = "wanted_page"


def guard(page_file: str, *roles: Role) -> Identity:
    """Who looks at this page. Stops the page unless the session came through app.py and has one of the roles.

    Right after a start Streamlit runs a page that is opened by its address without app.py; such a visit is sent
    through app.py first and comes back. Who has not signed in gets the sign-in screen, and nothing of the desk is read.
    """
    wish = Wish(page=Path(page_file).stem, query=st.query_params.to_dict())
    if not st.session_state.get(ENTERED):
        st.session_state[WANTED] = wish
        st.switch_page("app.py")
    visitor = who_is_here()
    if visitor.standing == "desk opens":
        the_desk()
        st.rerun()  # only now can the desk be asked for the person's role
    if not visitor.may_look:
        draw_sign_in(visitor, wish)
        st.stop()
    if visitor.identity.role not in roles:
        _refuse(visitor, roles)
    return visitor.identity


def mark_entered() -> None:
    """Called by app.py alone: from here on the session's pages run under its navigation."""
    st.session_state[ENTERED] = True


def follow_wish(visitor: Visitor, *, at_front: bool) -> None:
    """Go on to the page that was asked for before the session came through app.py, or before signing in.

    The latter only from the front page (`at_front`): an address that was just opened counts more than an older wish.
    """
    wanted: Wish | None = st.session_state.pop(WANTED, None)
    if wanted is None and visitor.standing in {"signed in", "desk opens"}:
        kept = kept_wish()
        wanted = kept if at_front else None
    if wanted is not None:
        st.switch_page(wanted.script, query_params=wanted.query)


def _refuse(visitor: Visitor, roles: tuple[Role, ...]) -> None:
    allowed = [person for person in demo_people() if person.role in roles]
    with st.container(border=True, width=560, key="refused"):
        st.header("This page needs another role", icon=":material/lock:")
        here = f"You are here as {plain(visitor.name)}, {visitor.identity.role}."
        st.write(f"{here} It needs one of: {', '.join(roles)}.")
        if visitor.standing == "signed in":
            st.caption("An admin of the desk can give you the role.")
        with st.container(horizontal=True):
            for person in allowed:
                st.button(f"Be {person.name} (demo {person.role})", on_click=become, args=(person.name,))
    st.stop()
