"""Call a decision back while it waits, or end the wait."""

from collections.abc import Callable

import streamlit as st

from agent import Desk, DeskError, Identity, Review, ReviewSummary
from pages.ui.access.identity import current_identity
from pages.ui.review.outcome import held_outcome, hurry_label, is_held_by, show_outcome
from pages.ui.review.said import say, say_nothing


def draw_undo_bar(
    desk: Desk, review: Review | ReviewSummary, identity: Identity, *, place: str = "list", shortcut: str | None = None
) -> None:
    """The bar with its seconds and buttons, for a decision of one's own that waits; nothing for any other.

    `place` keeps the keys of two bars of one review apart; `shortcut` is the key for "Undo", for one bar on a page.
    """
    if not is_held_by(review, identity.subject):
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"undo-{place}-{review.review_id}"
    ):
        show_outcome(
            held_outcome(review, named=True),
            total_s=desk.policy.undo_seconds,
            key=f"undo-bar-{place}-{review.review_id}",
        )
        draw_undo_buttons(desk, review, place=place, shortcut=shortcut)


def draw_undo_buttons(desk: Desk, review: Review | ReviewSummary, *, place: str, shortcut: str | None) -> None:
    """The two buttons alone."""
    st.button(
        "Undo",
        key=f"undo-button-{place}-{review.review_id}",
        icon=":material/undo:",
        shortcut=shortcut,
        on_click=take_back,
        args=(desk, review.review_id),
    )
    st.button(
        hurry_label(review),
        key=f"hurry-button-{place}-{review.review_id}",
        on_click=carry_out_now,
        args=(desk, review.review_id),
    )


def take_back(desk: Desk, review_id: str) -> None:
    """Undo; a callback. What the desk says, or why it is too late, is kept for the review's card."""
    if _tried(review_id, lambda: desk.workbench.call_back(review_id, current_identity())):
        say(review_id, "Called back: nothing was carried out, and it is open again.", worked=True)


def carry_out_now(desk: Desk, review_id: str) -> None:
    """End the wait; a callback."""
    if _tried(review_id, lambda: desk.workbench.carry_out_now(review_id, current_identity())):
        say_nothing()


def _tried(review_id: str, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except DeskError as error:
        say(review_id, str(error), worked=False)
        return False
    return True
