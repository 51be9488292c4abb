"""The inputs of the decision forms, and what differs from what was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from agent import Money, Review, payable_limit
from pages.ui.blocks import show_blocks
from pages.ui.review.decision_form import field_key
from pages.ui.review.two_people import difference_blocks
from pages.ui.words import DENIAL_REASON, in_words

LEAST = 0.01
"""The smallest amount that can be paid, in whole units of its currency."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What the form would change, before and after."""

    what: str
    before: str
    after: str


def draw_fields(review: Review, action: str) -> None:
    """The inputs that this action needs; what was typed before stands in them."""
    if action == "deny" and review.kind == "refund":
        _draw_reason(review)
    if action == "deny" or (action == "approve" and review.kind == "refund"):
        _draw_note(review, action)
    if action == "edit" and review.amount is not None:
        _draw_amount(review, review.amount)
    if action in {"edit", "respond"}:
        _draw_reply(review, action)
    if action == "edit":
        changes = typed_changes(review)
        show_blocks(difference_blocks(changes), key="typed_changes", card=review.review_id)


def typed_changes(review: Review) -> Sequence[Typed]:
    """What stands in the form and differs from what was proposed."""
    changes = []
    amount = st.session_state.get(field_key(review.review_id, "amount"))
    if review.amount is not None and amount is not None:
        typed = Money(minor=round(amount * 100), currency=review.amount.currency)
        if typed != review.amount:
            changes.append(Typed(what="amount", before=str(review.amount), after=str(typed)))
    reply = (st.session_state.get(field_key(review.review_id, "reply")) or "").strip()
    draft = review.evidence.draft
    if draft and reply != draft.strip():
        changes.append(Typed(what="reply", before=draft, after=reply))
    return changes


def _draw_reason(review: Review) -> None:
    st.selectbox(
        "Reason",
        list(DENIAL_REASON),
        index=None,
        key=field_key(review.review_id, "reason"),
        format_func=lambda reason: DENIAL_REASON.get(reason, in_words(reason)),
        placeholder="Choose a reason",
        persist_state="session",
    )


def _draw_note(review: Review, action: str) -> None:
    if action == "approve":
        label = "Note for the record (optional)"
        st.text_input(label, key=field_key(review.review_id, "note"), max_chars=1000, persist_state="session")
    else:
        label = "Note for the record"
        st.text_area(label, key=field_key(review.review_id, "note"), height=80, max_chars=1000, persist_state="session")


def _draw_amount(review: Review, proposed: Money) -> None:
    most = _most(review, proposed)
    key = field_key(review.review_id, "amount")
    kept: Any = st.session_state.get(key)
    if kept is None or not LEAST <= kept <= most:  # also what is no number at all
        st.session_state[key] = min(max(float(proposed.amount), LEAST), most)
    st.number_input(
        f"Amount in {proposed.currency}, at most {most:,.2f}",
        min_value=LEAST,
        max_value=most,
        value=None,  # what a browser may not send becomes no amount, and never the least one
        step=1.0,
        format="%.2f",
        key=key,
        persist_state="session",
    )


def _most(review: Review, proposed: Money) -> float:
    facts = review.evidence.refund
    limit = payable_limit(facts) if facts else proposed
    return max(float(limit.amount), LEAST)


def _draw_reply(review: Review, action: str) -> None:
    key = field_key(review.review_id, "reply")
    st.session_state.setdefault(key, review.evidence.draft if review.kind != "refund" else "")
    if review.kind == "refund":
        label = "Question to the customer" if action == "respond" else "Reply to the customer (optional)"
    else:
        label = "Reply to the customer"
    st.text_area(label, key=key, height=120, max_chars=4000, persist_state="session")
