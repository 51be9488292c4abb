"""The buttons and forms with which a reviewer decides. Money takes two separate, deliberate steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from agent import Desk, Identity, Review
from pages.ui.decision_form import Form, field_key, open_form, outcome_for, prepare, put_away, submit
from pages.ui.identity import may_decide
from pages.ui.plain_text import plain
from pages.ui.words import DENIAL_REASON, in_words

EXPLAINED: Mapping[str, str] = {
    "approve": "The customer gets the draft as it stands on the card.",
    "respond": "The customer gets your words, with your name, instead of the draft.",
    "deny": "No person steps in: the agent says what it would have said by itself. "
    "To keep a draft from the customer, answer or take over instead.",
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A way to decide: what its button and its confirmation say, and which key opens it."""

    action: str
    label: str
    confirm: str
    shortcut: str
    icon: str


def choices(review: Review) -> tuple[Choice, ...]:
    """What a reviewer may do with this review, the most likely first."""
    amount = review.amount
    if review.kind == "refund":
        known = (
            Choice(action="approve", label=f"Approve {amount}", confirm=f"Pay {amount}", shortcut="A", icon="check"),
            Choice(action="edit", label="Change", confirm="Pay the changed amount", shortcut="E", icon="edit"),
            Choice(action="deny", label="Deny", confirm="Deny the refund", shortcut="D", icon="close"),
            Choice(action="respond", label="Ask", confirm="Send and pay nothing", shortcut="W", icon="forum"),
            Choice(
                action="take-over", label="Take over", confirm="Take over, pay nothing", shortcut="T", icon="person"
            ),
        )
    else:
        draft = "answer" if review.kind == "draft" else "draft"
        reply = "Respond" if review.kind == "draft" else "Answer"  # "Send answer" stands beside it
        reject = "Reject, the agent goes on" if review.kind == "draft" else "Reject the escalation"
        known = (
            Choice(action="approve", label=f"Send {draft}", confirm=f"Send the {draft}", shortcut="A", icon="check"),
            Choice(action="edit", label=f"Edit {draft}", confirm=f"Send the edited {draft}", shortcut="E", icon="edit"),
            Choice(action="respond", label=reply, confirm="Send my answer", shortcut="W", icon="forum"),
            Choice(action="take-over", label="Take over", confirm="Take over", shortcut="T", icon="person"),
            Choice(action="deny", label="Reject", confirm=reject, shortcut="D", icon="close"),
        )
    return tuple(choice for choice in known if choice.action in review.allowed_actions)


def draw_decision_panel(desk: Desk, review: Review, identity: Identity) -> None:
    """What became of the decision, and, while the review is open, the way to decide it."""
    outcome = outcome_for(review.review_id)
    if outcome:
        (st.success if outcome.worked else st.warning)(plain(outcome.text), icon=":material/info:")
    if review.status != "pending" or not may_decide(identity):
        return
    form = open_form(review.review_id)
    if form is None:
        _draw_buttons(review)
    else:
        chosen = next(choice for choice in choices(review) if choice.action == form.action)
        _draw_form(desk, review, form, chosen)


def _draw_buttons(review: Review) -> None:
    with st.container(horizontal=True, key="decision_buttons", gap="xsmall"):
        for choice in choices(review):
            st.button(
                plain(choice.label),
                key=f"prepare-{choice.action}-{review.review_id}",
                icon=f":material/{choice.icon}:",
                type="primary" if choice.action == "approve" else "secondary",
                shortcut=choice.shortcut,
                on_click=prepare,
                args=(review.review_id, choice.action),
            )


def _draw_form(desk: Desk, review: Review, form: Form, choice: Choice) -> None:
    with st.container(border=True, key="decision_form_box"):
        st.markdown(f"**{plain(choice.confirm)}?**")
        _draw_explanation(review, form.action)
        _draw_inputs(review, form.action)
        if form.problem:
            st.error(plain(form.problem), icon=":material/error:")
        with st.container(horizontal=True, horizontal_alignment="right", key="decision_confirm"):
            st.button("Back", key=f"back-{review.review_id}", shortcut="Escape", on_click=put_away)
            st.button(
                plain(choice.confirm),
                key=f"confirm-{form.action}-{review.review_id}",
                type="primary",
                shortcut="Ctrl+Enter",
                on_click=submit,
                args=(desk, review),
            )


def _draw_explanation(review: Review, action: str) -> None:
    refund = review.evidence.refund
    if review.kind == "refund" and action == "approve":
        order = f" for order {refund.order_number}" if refund and refund.order_number else ""
        st.text(f"{review.amount} goes back to customer {review.requester}{order}. This cannot be undone.")
        if review.recommendation != "approve":
            st.warning(f"The rule says: {review.recommendation}.", icon=":material/warning:")
    elif action == "take-over":
        st.text("The agent stays silent in this conversation until you hand it back. The customer is told your name.")
    elif review.kind != "refund" and action in EXPLAINED:
        st.text(EXPLAINED[action])


def _draw_inputs(review: Review, action: str) -> None:
    key = review.review_id
    if action == "deny" and review.kind == "refund":
        st.selectbox(
            "Reason",
            list(DENIAL_REASON),
            index=None,
            key=field_key(key, "reason"),
            format_func=lambda reason: DENIAL_REASON.get(reason, in_words(reason)),
            placeholder="Choose a reason",
            persist_state="session",
        )
    if action == "deny":
        st.text_area(
            "Note for the record", key=field_key(key, "note"), height=80, max_chars=1000, persist_state="session"
        )
    if action == "edit" and review.amount is not None:
        st.session_state.setdefault(field_key(key, "amount"), float(review.amount.amount))
        st.number_input(
            f"Amount in {review.amount.currency}",
            min_value=0.01,
            step=1.0,
            format="%.2f",
            key=field_key(key, "amount"),
            persist_state="session",
        )
    if action in {"edit", "respond"}:
        st.session_state.setdefault(field_key(key, "reply"), review.evidence.draft if review.kind != "refund" else "")
        label = "Reply to the customer" if action == "respond" or review.kind != "refund" else "Reply (optional)"
        st.text_area(label, key=field_key(key, "reply"), height=120, max_chars=4000, persist_state="session")
