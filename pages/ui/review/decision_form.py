"""Which decision is being prepared in this session, and how it is handed to the desk."""

import math
import time
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import streamlit as st
from pydantic import ValidationError

from agent import ConflictError, Decision, Desk, DeskError, Identity, Money, Review
from pages.ui.access.identity import current_identity
from pages.ui.review.claiming import hold_for_form, let_go
from pages.ui.review.said import say, say_nothing

FORM = "decision_form"
ARMED_AFTER_S = 0.6
"""A confirmation counts only this long after its form opened: the second half of a double click does not."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """An opened form: for which review and which action, and when it opened (monotonic seconds).

    `claimed` tells that opening it claimed the review, so that closing it gives the claim back.
    """

    review_id: str
    action: str
    opened_at: float
    claimed: bool = False
    problem: str | None = None


def open_form(review_id: str) -> Form | None:
    """The form that is open for this review."""
    form: Form | None = st.session_state.get(FORM)
    return form if form and form.review_id == review_id else None


def prepare(desk: Desk, review_id: str, action: str) -> None:
    """Open the form of an action and claim the review for it; opening it again changes nothing.

    If somebody else works on the review, or it is closed, the card says so and no form opens.
    """
    form = open_form(review_id)
    if form is not None and form.action == action:
        return
    put_away(desk)
    say_nothing()
    try:
        claimed = hold_for_form(desk, review_id, current_identity())
    except DeskError as error:
        say(review_id, str(error), worked=False)
        return
    st.session_state[FORM] = Form(review_id=review_id, action=action, opened_at=time.monotonic(), claimed=claimed)


def put_away(desk: Desk) -> None:
    """Close the form; what was typed is kept for the next time."""
    form: Form | None = st.session_state.pop(FORM, None)
    if form is not None and form.claimed:
        let_go(desk, form.review_id, current_identity())


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
    except ValidationError:
        _keep_open(form, "The text has characters that cannot be kept. Nothing was decided.")
    except ValueError as error:
        _keep_open(form, f"{error} Nothing was decided.")
    else:
        _decide(desk, review, form, decision, current_identity())


def _decide(desk: Desk, review: Review, form: Form, decision: Decision, identity: Identity) -> None:
    try:
        desk.decide(review.review_id, decision, identity, held=True)
    except ConflictError as error:
        put_away(desk)
        say(review.review_id, str(error), worked=False)
    except DeskError as error:
        _keep_open(form, str(error))
    else:
        st.session_state.pop(FORM, None)  # the decision ended the claim
        say_nothing()  # the card says what became of it, from what the desk knows


def _keep_open(form: Form, problem: str) -> None:
    st.session_state[FORM] = replace(form, problem=problem)


def _decision(review: Review, action: str) -> Decision:
    """The decision as it stands in the form; raises ValueError with a sentence for the reviewer."""
    wanted: dict[str, Any] = {"action": action, "seen_sha256": review.seen_sha256}
    if action == "deny":
        wanted |= {"reason": _typed(review, "reason"), "note": _typed(review, "note") or ""}
        if review.kind == "refund" and wanted["reason"] is None:
            message = "Choose a reason first."
            raise ValueError(message)
    if action == "approve":
        wanted["note"] = _typed(review, "note") or ""
    if action in {"edit", "respond"}:
        wanted["reply"] = (_typed(review, "reply") or "").strip() or None
    if action == "edit" and review.amount is not None:
        wanted["amount"] = _amount(_typed(review, "amount"), review.amount)
    return Decision.model_validate(wanted)


def _typed(review: Review, field: str) -> Any:
    return st.session_state.get(field_key(review.review_id, field))


def _amount(typed: float | None, proposed: Money) -> Money:
    """The amount as exact money; what the desk may pay is the desk's to say."""
    if typed is None or not math.isfinite(typed):
        message = "That is not an amount that can be paid."
        raise ValueError(message)
    return Money.of(Decimal(str(typed)), proposed.currency)
