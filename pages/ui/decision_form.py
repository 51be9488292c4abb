"""Which decision is being prepared in this session, and how it is handed to the desk."""

import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from agent import ConflictError, Decision, Desk, DeskError, Identity, Money, Review
from pages.ui.identity import current_identity

FORM = "decision_form"
OUTCOME = "decision_outcome"
ARMED_AFTER_S = 0.6
"""A confirmation counts only this long after its form opened: the second half of a double click does not."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """An opened form: for which review and which action, and when it opened (monotonic seconds)."""

    review_id: str
    action: str
    opened_at: float
    problem: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the last decision of this session led to, to be said once on its card."""

    review_id: str
    text: str
    worked: bool


def open_form(review_id: str) -> Form | None:
    """The form that is open for this review."""
    form: Form | None = st.session_state.get(FORM)
    return form if form and form.review_id == review_id else None


def outcome_for(review_id: str) -> Outcome | None:
    """What became of the decision that was made here."""
    outcome: Outcome | None = st.session_state.get(OUTCOME)
    return outcome if outcome and outcome.review_id == review_id else None


def prepare(review_id: str, action: str) -> None:
    """Open the form of an action; opening it again changes nothing."""
    form = open_form(review_id)
    if form is None or form.action != action:
        st.session_state[FORM] = Form(review_id=review_id, action=action, opened_at=time.monotonic())
    st.session_state.pop(OUTCOME, None)


def put_away() -> None:
    """Close the form; what was typed is kept for the next time."""
    st.session_state.pop(FORM, None)


def field_key(review_id: str, field: str) -> str:
    """The key of an input of this review's form."""
    return f"decision-{field}-{review_id}"


def submit(desk: Desk, review: Review) -> None:
    """Hand the prepared decision to the desk, once; a form that was just opened or is gone does nothing."""
    form = open_form(review.review_id)
    if form is None:
        return
    if time.monotonic() - form.opened_at < ARMED_AFTER_S:
        _keep_open(form, "That click came with the one before. Nothing was decided; confirm again.")
        return
    try:
        decision = _decision(review, form.action)
    except ValueError as error:
        _keep_open(form, f"{error} Nothing was decided.")
        return
    _decide(desk, review, form, decision, current_identity())


def _decide(desk: Desk, review: Review, form: Form, decision: Decision, identity: Identity) -> None:
    try:
        result = desk.decide(review.review_id, decision, identity)
    except ConflictError as error:
        put_away()
        _say(review, str(error), worked=False)
    except DeskError as error:
        _keep_open(form, str(error))
    else:
        put_away()
        _say(review, result.action_result, worked=True)


def _say(review: Review, text: str, *, worked: bool) -> None:
    st.session_state[OUTCOME] = Outcome(review_id=review.review_id, text=text, worked=worked)


def _keep_open(form: Form, problem: str) -> None:
    st.session_state[FORM] = Form(
        review_id=form.review_id, action=form.action, opened_at=form.opened_at, problem=problem
    )


def _decision(review: Review, action: str) -> Decision:
    """The decision as it stands in the form; raises ValueError with a sentence for the reviewer."""
    typed: dict[str, Any] = {
        field: st.session_state.get(field_key(review.review_id, field))
        for field in ("amount", "reply", "note", "reason")
    }
    wanted: dict[str, Any] = {"action": action, "seen_sha256": review.payload_sha256}
    if action == "deny":
        wanted |= {"reason": typed["reason"], "note": typed["note"] or ""}
        if review.kind == "refund" and typed["reason"] is None:
            message = "Choose a reason first."
            raise ValueError(message)
    if action in {"edit", "respond"}:
        wanted["reply"] = (typed["reply"] or "").strip() or None
    if action == "edit" and review.amount is not None and typed["amount"] is not None:
        wanted["amount"] = Money.of(Decimal(str(typed["amount"])), review.amount.currency)
    return Decision.model_validate(wanted)
