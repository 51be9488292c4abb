"""Who uses this session. There is no sign-in yet: a demo switch, marked as one, takes its place."""

from dataclasses import dataclass

import streamlit as st

from agent import Identity, Role
from pages.ui.words import ROLE_SCOPE

SWITCH = "demo_person"
DECIDERS: tuple[Role, ...] = ("reviewer", "lead", "admin")
OPERATORS: tuple[Role, ...] = ("analyst", *DECIDERS)


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody to look at the desk as."""

    name: str
    role: Role


PEOPLE = {
    person.name: person
    for person in (
        DemoPerson(name="Visitor", role="stakeholder"),
        DemoPerson(name="Robin", role="reviewer"),
        DemoPerson(name="Sam", role="reviewer"),
        DemoPerson(name="Lee", role="lead"),
        DemoPerson(name="Alex", role="analyst"),
        DemoPerson(name="Kim", role="admin"),
    )
}


def current_identity() -> Identity:
    """Who acts in this session; a session that has not chosen may only look."""
    person = PEOPLE.get(st.session_state.get(SWITCH, ""), PEOPLE["Visitor"])
    return Identity(subject=person.name, role=person.role, source="demo-switch")


def may_decide(identity: Identity) -> bool:
    """Whether this role decides reviews; the desk checks it again."""
    return identity.role in DECIDERS


def may_operate(identity: Identity) -> bool:
    """Whether this role looks after the desk's health."""
    return identity.role in OPERATORS


def become(name: str) -> None:
    """Use this session as somebody else; a callback, also for fragments: the whole page is drawn anew."""
    st.session_state[SWITCH] = name
    st.rerun()


def draw_role_switch() -> None:
    """The switch, in the sidebar, loudly marked as a demo."""
    st.session_state.setdefault(SWITCH, "Visitor")
    with st.sidebar.container(key="demo_switch", gap="xsmall"):
        st.markdown(":orange-badge[:material/science: Demo: there is no sign-in]")
        st.selectbox(
            "Use the desk as",
            list(PEOPLE),
            key=SWITCH,
            format_func=lambda name: f"{name} · {PEOPLE[name].role}",
            persist_state="session",
        )
        st.caption(f"{current_identity().subject} {ROLE_SCOPE[current_identity().role]}.")
