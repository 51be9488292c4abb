"""A second look: a decided refund, judged again by somebody who does not know how it was decided."""

from dataclasses import dataclass

import streamlit as st

from agent import Action, Desk, DeskError, Identity, Review, SecondLook
from pages.ui.access.identity import current_identity, may_decide
from pages.ui.blocks import facts, note, show_blocks
from pages.ui.clock import moment
from pages.ui.history.history_view import go_to_decision
from pages.ui.plain_text import plain
from pages.ui.review.evidence import headline
from pages.ui.review.frozen_card import frozen_blocks
from pages.ui.words import ACTION_DONE

SHOWN = "second_look_shown"
GIVEN = "second_look_given"
PROBLEM = "second_look_problem"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The case that lies before somebody; it stays until they have judged it."""

    subject: str
    review: Review


def draw_second_look(desk: Desk, identity: Identity) -> None:
    """A case and two buttons; after that, what was really decided."""
    if not may_decide(identity):
        st.info("Second looks are given by reviewers, leads and admins.", icon=":material/info:")
        return
    given: SecondLook | None = st.session_state.get(GIVEN)
    if given is not None and given.subject == identity.subject:
        _draw_outcome(desk, given)
        return
    review = _case_for(desk, identity)
    _draw_problem()
    if review is None:
        with st.container(border=True, key="no_second_look"):
            st.markdown("**Nothing to look at.**")
            st.caption("Refunds that colleagues decided come here. You have looked at all of them, or there are none.")
        return
    _draw_case(desk, review)


def agrees(verdict: str, action: str) -> bool:
    """Whether a second look would have paid where it was paid, or not where it was not."""
    return (verdict == "approve") == (action in {"approve", "edit"})


def _case_for(desk: Desk, identity: Identity) -> Review | None:
    """The same case until it is judged: another one under the buttons would be judged for this one."""
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is not None and shown.subject == identity.subject:
        return shown.review
    review = desk.workbench.next_second_look(identity)
    if review is not None:
        st.session_state[SHOWN] = Shown(subject=identity.subject, review=review)
    return review


def _draw_case(desk: Desk, review: Review) -> None:
    st.caption(
        "This was decided already, and you are not told how. Say what you would have done: it changes nothing, and "
        "shows how much two people's judgement differs."
    )
    with st.container(border=True, key="second_look"):
        st.header(plain(headline(review)), anchor=False)
        st.text_area("Note (optional)", key=_note_key(review), height=70, max_chars=1000)
        with st.container(horizontal=True, gap="xsmall", key="second_look_buttons"):
            for verdict, label, icon, shortcut in (
                ("approve", "I would approve", "check", "A"),
                ("deny", "I would deny", "close", "D"),
            ):
                st.button(
                    label,
                    key=f"second-{verdict}-{review.review_id}",
                    icon=f":material/{icon}:",
                    shortcut=shortcut,
                    on_click=_give,
                    args=(desk, review.review_id, verdict),
                )
        show_blocks(frozen_blocks(review), key="second_look_evidence", card=review.review_id)


def _give(desk: Desk, review_id: str, verdict: Action) -> None:
    identity = current_identity()
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is None or shown.review.review_id != review_id:
        return  # the second half of a double click
    try:
        typed = str(st.session_state.get(_note_key(shown.review)) or "")
        st.session_state[GIVEN] = desk.workbench.give_second_look(review_id, verdict, typed, identity)
    except DeskError as error:
        st.session_state[PROBLEM] = str(error)
    st.session_state.pop(SHOWN, None)


def _draw_problem() -> None:
    problem = st.session_state.pop(PROBLEM, None)
    if problem:
        st.warning(plain(problem), icon=":material/error:")


def _draw_outcome(desk: Desk, given: SecondLook) -> None:
    """What was really decided, and whether it is the same."""
    review = desk.review(given.review_id)
    action = str(review.decided_action)
    alike = agrees(given.verdict, action)
    with st.container(border=True, key="second_look_outcome"):
        st.subheader("You agree" if alike else "You differ", anchor=False)
        done = ACTION_DONE.get(action, action)
        when = f", {moment(review.decided_at)}" if review.decided_at else ""
        told = [
            ("You would have", ACTION_DONE[given.verdict]),
            ("It was", f"{done} by {review.decided_by}{when}"),
        ]
        kept = note("Your look is kept. Nothing else changes: what was decided stands.", "soft")
        show_blocks([facts(told), kept], key="second_look_told")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Next", key="next_second_look", type="primary", shortcut="N", on_click=_go_on)
            st.button(
                "Show the decision",
                key="show_decision",
                icon=":material/gavel:",
                on_click=go_to_decision,
                args=(given.review_id,),
            )


def _go_on() -> None:
    st.session_state.pop(GIVEN, None)


def _note_key(review: Review) -> str:
    return f"second-note-{review.review_id}"
