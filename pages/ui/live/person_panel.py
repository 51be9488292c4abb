"""A thread that a person has taken over: answer in it, or hand it back."""

from uuid import uuid4

import streamlit as st

from agent import Desk, DeskError, Identity
from pages.ui.access.identity import current_identity, may_decide
from pages.ui.plain_text import plain

NONCE = "answer_nonce"
PROBLEM = "answer_problem"


def draw_person_panel(desk: Desk, thread_id: str, identity: Identity) -> None:
    """Input and buttons for a person who may answer; a sentence for everybody else."""
    with st.container(border=True, key="person_panel", gap="small"):
        st.markdown(":material/support_agent: **A person has this conversation.** The agent stays silent.")
        if not may_decide(identity):
            return
        nonce = st.session_state.setdefault(NONCE, uuid4().hex)
        st.text_area("Your answer", key=_field(thread_id), height=80, max_chars=4000, persist_state="session")
        problem = st.session_state.get(PROBLEM)
        if problem:
            st.error(plain(problem), icon=":material/error:")
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                f"Answer as {identity.subject}",
                key=f"answer-{nonce}",
                type="primary",
                on_click=_answer,
                args=(desk, thread_id),
            )
            st.button("Hand back to the agent", key=f"hand-back-{nonce}", on_click=_hand_back, args=(desk, thread_id))


def _field(thread_id: str) -> str:
    return f"answer-text-{thread_id}"


def _answer(desk: Desk, thread_id: str) -> None:
    try:
        desk.answer(thread_id, st.session_state.get(_field(thread_id)) or "", current_identity())
    except DeskError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        st.session_state[_field(thread_id)] = ""
        _done()


def _hand_back(desk: Desk, thread_id: str) -> None:
    try:
        desk.hand_back(thread_id, current_identity())
    except DeskError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        _done()


def _done() -> None:
    """Fresh keys: a second click on the same button finds nothing to press."""
    st.session_state.pop(PROBLEM, None)
    st.session_state[NONCE] = uuid4().hex
