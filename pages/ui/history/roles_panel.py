"""Who may do what at this desk: a role that is set here counts more than the one that a sign-in brings."""

from typing import get_args

import streamlit as st

from agent import Desk, DeskError, GivenRole, Identity, Person
from pages.ui.access.identity import current_identity
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain
from pages.ui.words import ROLE_SCOPE

NAME = "role_name"
ROLE = "role_chosen"
SAID = "role_said"
COLUMNS = Columns(head=("Person", "Role", "Set by", "When"))
ROLES: tuple[str, ...] = get_args(GivenRole)


def draw_roles(desk: Desk, identity: Identity) -> None:
    """The roles that were set, and a form to set one."""
    st.header("Roles", anchor=False)
    st.caption("A role that is set here counts more than the one a sign-in brings, from the person's next click on.")
    people = desk.workbench.people(identity)
    if people:
        show_records("Roles that were set here", COLUMNS, [_record(person) for person in people], key="roles_table")
    else:
        st.caption("No role was set here yet: everybody has the one that they sign in with.")
    with st.form("set_role", border=True, enter_to_submit=False):
        st.text_input("Person, as they sign in", key=NAME, max_chars=200, placeholder="name@example.com")
        st.selectbox("Role", ROLES, index=None, key=ROLE, format_func=_in_full, placeholder="Choose a role")
        st.form_submit_button("Set the role", icon=":material/badge:", on_click=_set, args=(desk,))
    said = st.session_state.pop(SAID, None)
    if said is not None:
        worked, text = said
        (st.success if worked else st.error)(plain(text))


def _set(desk: Desk) -> None:
    name, role = str(st.session_state.get(NAME) or "").strip(), st.session_state.get(ROLE)
    if not name or role not in ROLES:
        st.session_state[SAID] = (False, "Name a person and choose a role. Nothing was changed.")
        return
    try:
        desk.workbench.set_role(name, role, current_identity())
    except DeskError as error:
        st.session_state[SAID] = (False, str(error))
    else:
        st.session_state[SAID] = (True, f"{name} has no role here any more." if role == "none" else f"{name}: {role}.")
        st.session_state[NAME], st.session_state[ROLE] = "", None


def _record(person: Person) -> Record:
    role = "none, taken away" if person.role == "none" else person.role
    return Record(
        cells=(
            Cell(text=person.subject),
            Cell(text=role),
            Cell(text=person.changed_by),
            Cell(at=person.changed_at),
        )
    )


def _in_full(role: str) -> str:
    scope = {str(name): does for name, does in ROLE_SCOPE.items()}.get(role)
    return "none: may do nothing here" if role == "none" else f"{role}: {scope}" if scope else role
