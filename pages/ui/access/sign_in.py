"""What people see of signing in: the screen of those who are not in, and the corner of those who are."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.access.identity import Standing, Visitor, draw_role_switch, who_is_here
from pages.ui.access.wish import Wish, forget_wish, keep_wish
from pages.ui.fragments import fragment
from pages.ui.plain_text import plain
from pages.ui.words import ROLE_SCOPE

DRAWN = "drawn_visitor"

SCREENS: Mapping[Standing, tuple[str, str]] = {
    "anonymous": ("Triage Autopilot", "Sign in to see the desk."),
    "ended": ("Your sign-in has ended", "Nothing more was done in your name. Sign in again to go on where you were."),
    "barred": ("No access to this desk", "You are signed in as {name}. An admin of the desk can give you access."),
    "closed": ("The desk is closed", "Sign-in is not set up right, so nobody is let in. The server's log says why."),
}


def draw_sign_in(visitor: Visitor, wish: Wish) -> None:
    """The screen instead of a page, for whoever may not look; after signing in, `wish` is opened."""
    title, sentence = SCREENS[visitor.standing]
    with st.container(border=True, width=440, key="sign_in", gap="small"):
        st.title(title, anchor=False)
        st.markdown(sentence.format(name=plain(visitor.name)))
        if visitor.standing in {"anonymous", "ended"}:
            label = "Sign in" if visitor.standing == "anonymous" else "Sign in again"
            st.button(label, key="sign_in_button", type="primary", icon=":material/login:", on_click=st.login)
            keep_wish(wish)
        elif visitor.standing == "barred":
            _draw_sign_out()


def draw_corner(visitor: Visitor) -> None:
    """Who one is, in the sidebar, with the way out; the demo switch where nobody signs in."""
    st.session_state[DRAWN] = visitor
    if visitor.standing == "demo":
        draw_role_switch()
    elif visitor.standing in {"signed in", "desk opens"}:
        with st.sidebar.container(key="signed_in", gap="xsmall"):
            st.markdown(f":material/person: **{plain(visitor.name)}**")
            if visitor.may_look:
                role = visitor.identity.role
                st.caption(f"{role.capitalize()}: {ROLE_SCOPE[role]}.")
            _draw_sign_out()
            forget_wish()
        with st.sidebar:
            _watch_sign_in()


def recheck() -> None:
    """For fragments that poll: draw the whole page anew once its viewer has another role, or none any more.

    What was drawn is kept for this comparison only, never to grant anything.
    """
    drawn: Visitor | None = st.session_state.get(DRAWN)
    if drawn is not None and drawn.standing != "demo" and who_is_here() != drawn:
        st.rerun()


@fragment(run_every=2.0)
def _watch_sign_in() -> None:
    recheck()


def _draw_sign_out() -> None:
    st.button("Sign out", key="sign_out", icon=":material/logout:", on_click=st.logout)
