"""Who uses this session: whoever signed in, or, where no sign-in is configured, a demo switch marked as one.

Nothing about roles is kept: every call looks again, so that a role that was taken away is gone at once.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from agent import Claims, Identity, Role, read_claims, to_text
from pages.ui.access.sign_in_setup import sign_in_setup
from pages.ui.opening import desk_if_open
from pages.ui.words import ROLE_SCOPE

WHO = "demo_person"
ROUND = "demo_switch_round"
DECIDERS: tuple[Role, ...] = ("reviewer", "lead", "admin")
OPERATORS: tuple[Role, ...] = ("analyst", *DECIDERS)

Standing = Literal["demo", "signed in", "desk opens", "anonymous", "ended", "barred", "closed"]


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


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Whoever looks at a page. The desk refuses every action of an `identity` that may not look."""

    standing: Standing
    identity: Identity
    name: str

    @property
    def may_look(self) -> bool:
        """Whether anything of the desk may be shown."""
        return self.standing in {"demo", "signed in"}


def who_is_here() -> Visitor:
    """Who looks, as of now; where people sign in, this asks the desk for the person's role."""
    setup = sign_in_setup()
    if setup.mode == "demo":
        return _demo_visitor()
    told = st.user.to_dict() if setup.mode == "sign-in" else {}
    claims = read_claims(told, setup.roles_claim) if told.get("is_logged_in") is True else None
    if claims is None:
        standing: Standing = "closed" if setup.mode == "closed" else "anonymous"
        return Visitor(standing=standing, identity=_powerless("nobody"), name="")
    return _signed_in(claims)


def current_identity() -> Identity:
    """Who acts in this session. Without a standing sign-in it is an identity that ended long ago."""
    return who_is_here().identity


def may_decide(identity: Identity) -> bool:
    """Whether this role decides reviews; the desk checks it again."""
    return identity.role in DECIDERS


def may_operate(identity: Identity) -> bool:
    """Whether this role looks after the desk's health."""
    return identity.role in OPERATORS


def demo_people() -> tuple[DemoPerson, ...]:
    """Whom one can look at the desk as; nobody where people sign in."""
    return tuple(PEOPLE.values()) if sign_in_setup().mode == "demo" else ()


def become(name: str) -> None:
    """Use this session as somebody else; a callback, also for fragments: the whole page is drawn anew.

    The switch is drawn anew too: a fragment's poll that is under way still carries the old switch's value.
    """
    if demo_people():
        st.session_state[WHO] = name
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def draw_role_switch() -> None:
    """The switch, in the sidebar, loudly marked as a demo; nothing where people sign in."""
    if not demo_people():
        return
    with st.sidebar.container(key="demo_switch", gap="xsmall"):
        st.markdown(":orange-badge[:material/science: Demo: there is no sign-in]")
        st.selectbox(
            "Use the desk as",
            list(PEOPLE),
            index=list(PEOPLE).index(_demo_person().name),
            key=_switch_key(),
            format_func=lambda name: f"{name} · {PEOPLE[name].role}",
            on_change=_switch,
            args=(_switch_key(),),
        )
        st.caption(f"{current_identity().subject} {ROLE_SCOPE[current_identity().role]}.")


def _switch_key() -> str:
    return f"demo_switch_{st.session_state.get(ROUND, 0)}"


def _switch(key: str) -> None:
    if key == _switch_key():
        st.session_state[WHO] = st.session_state[key]


def _demo_person() -> DemoPerson:
    return PEOPLE.get(st.session_state.get(WHO, ""), PEOPLE["Visitor"])


def _demo_visitor() -> Visitor:
    person = _demo_person()
    identity = Identity(subject=person.name, role=person.role, source="demo-switch")
    return Visitor(standing="demo", identity=identity, name=person.name)


def _signed_in(claims: Claims) -> Visitor:
    if claims.expires_at <= time.time():
        return _without_rights("ended", claims)
    desk = desk_if_open()
    if desk is None:
        return _without_rights("desk opens", claims)
    given = desk.role_of(claims.subject)
    if given == "none":
        return _without_rights("barred", claims)
    identity = Identity(
        subject=claims.subject,
        role=given or claims.role or "stakeholder",
        source="oidc",
        valid_until=_time_text(claims.expires_at),
    )
    return Visitor(standing="signed in", identity=identity, name=claims.name)


def _without_rights(standing: Standing, claims: Claims) -> Visitor:
    return Visitor(standing=standing, identity=_powerless(claims.subject), name=claims.name)


def _powerless(subject: str) -> Identity:
    return Identity(subject=subject, role="stakeholder", source="oidc", valid_until=_time_text(0.0))


def _time_text(seconds: float) -> str:
    return to_text(datetime.fromtimestamp(seconds, UTC))
