"""What became of a review, and the buttons and forms with which it is decided. Money takes two deliberate steps."""

from collections.abc import Mapping

import streamlit as st

from agent import Desk, Identity, Review
from pages.ui.access.identity import may_decide
from pages.ui.blocks import show_blocks
from pages.ui.plain_text import plain
from pages.ui.present import at_time
from pages.ui.review.check_case import check_case_words
from pages.ui.review.choices import Choice, choices
from pages.ui.review.claiming import claimed_by_other
from pages.ui.review.decision_fields import draw_fields
from pages.ui.review.decision_form import Form, open_form, prepare, put_away, submit
from pages.ui.review.focus import focus_on
from pages.ui.review.outcome import Outcome, is_held_by, outcome_of, show_outcome
from pages.ui.review.said import said_about
from pages.ui.review.two_people import first_decision_blocks, is_first_person, needs_second_person
from pages.ui.review.undo_bar import draw_undo_buttons

EXPLAINED: Mapping[str, str] = {
    "approve": "The customer gets the draft as it stands on the card.",
    "respond": "The customer gets your words, with your name, instead of the draft.",
    "deny": "No person steps in: the agent says what it would have said by itself. "
    "To keep a draft from the customer, answer or take over instead.",
}


def draw_decision_panel(desk: Desk, review: Review, identity: Identity) -> None:
    """What became of it; while it waits, the way to call it back; while it is open, the way to decide it."""
    with st.container(key="decision_panel", gap="xsmall"):
        _draw_outcome(desk, review, identity)
        told = check_case_words(desk, review)
        if told:
            st.info(plain(told), icon=":material/school:")
        if review.is_open and may_decide(identity):
            _draw_open(desk, review, identity)


def _draw_outcome(desk: Desk, review: Review, identity: Identity) -> None:
    said = said_about(review.review_id)
    outcome = outcome_of(desk, review, identity.subject)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="decision_outcome"):
        show_outcome(outcome, total_s=desk.policy.undo_seconds, key="outcome")
        if is_held_by(review, identity.subject) and may_decide(identity):
            draw_undo_buttons(desk, review, place="card", shortcut="U")
    told = Outcome(text=said.text, tone="info" if said.worked else "warn") if said else Outcome()
    show_outcome(told, total_s=0, key="said")


def _draw_open(desk: Desk, review: Review, identity: Identity) -> None:
    if review.first is not None:
        with st.container(border=True, key="two_people"):
            show_blocks(first_decision_blocks(review, identity), key="first_decision", card=review.review_id)
        if is_first_person(review, identity):
            return
    other = claimed_by_other(review, identity)
    form = open_form(review.review_id)
    if form is not None and other is not None:
        until = at_time(review.claimed_until or "")
        st.warning(plain(f"{other} works on this until {until}. What you typed is kept; nothing was decided."))
        form = None
    chosen = next((choice for choice in choices(review) if form and choice.action == form.action), None)
    if form is None or chosen is None:
        _draw_buttons(desk, review)
    else:
        _draw_form(desk, review, form, chosen)


def _draw_buttons(desk: Desk, review: Review) -> None:
    with st.container(horizontal=True, key="decision_buttons", gap="xsmall"):
        for choice in choices(review):
            st.button(
                plain(choice.label),
                key=f"prepare-{choice.action}-{review.review_id}",
                icon=f":material/{choice.icon}:",
                type="primary" if choice.action == "approve" else "secondary",
                shortcut=choice.shortcut,
                on_click=prepare,
                args=(desk, review.review_id, choice.action),
            )


def _draw_form(desk: Desk, review: Review, form: Form, choice: Choice) -> None:
    with st.container(border=True, key="decision_form_box", gap="xsmall"):
        st.markdown(f"**{plain(choice.confirm)}?**")
        _draw_explanation(desk, review, form.action)
        draw_fields(review, form.action)
        if form.problem:
            st.error(plain(form.problem), icon=":material/error:")
        with st.container(horizontal=True, horizontal_alignment="right", key="decision_confirm", gap="xsmall"):
            st.button("Back", key=f"back-{review.review_id}", shortcut="Escape", on_click=put_away, args=(desk,))
            st.button(
                plain(choice.confirm),
                key=f"confirm-{form.action}-{review.review_id}",
                type="primary",
                shortcut="Ctrl+Enter",
                on_click=submit,
                args=(desk, review),
            )
    focus_on("st-key-decision_form_box", occasion=f"{form.review_id}-{form.action}-{form.opened_at}")


def _draw_explanation(desk: Desk, review: Review, action: str) -> None:
    if review.kind == "refund" and action in {"approve", "edit"}:
        _explain_payment(desk, review, action)
    elif review.kind == "refund" and action == "respond":
        st.text("The customer is asked, and their answer brings the refund back here. Nothing is paid.")
    elif action == "take-over":
        st.text("The agent stays silent in this conversation until you hand it back. The customer is told your name.")
    elif review.kind != "refund" and action in EXPLAINED:
        st.text(EXPLAINED[action])


def _explain_payment(desk: Desk, review: Review, action: str) -> None:
    refund = review.evidence.refund
    order = f" for order {refund.order_number}" if refund and refund.order_number else ""
    amount = (review.first.amount if review.first else None) or review.amount
    seconds = desk.policy.undo_seconds
    undo = f" You can undo it for {seconds} seconds." if seconds else " This cannot be undone."
    if action == "approve":
        st.text(f"{amount} goes back to customer {review.requester}{order}.{undo}")
        if review.recommendation != "approve":
            st.warning(plain(f"The rule says: {review.recommendation}."), icon=":material/warning:")
    if needs_second_person(review):
        st.info("A second person will have to confirm it before it is paid.", icon=":material/group:")
