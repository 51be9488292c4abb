"""Claim a review, so that two people never fill in the same form."""

import streamlit as st

from agent import Desk, DeskError, Identity, Review, subject_key
from pages.ui.access.identity import current_identity
from pages.ui.present import is_past
from pages.ui.review.said import say, say_nothing

LEADERS = frozenset({"lead", "admin"})


def claimed_by_other(review: Review, identity: Identity) -> str | None:
    """Who else works on it now; None if nobody does."""
    if is_free(review) or is_mine(review, identity):
        return None
    return review.claimed_by


def is_free(review: Review) -> bool:
    """Whether nobody works on it now."""
    return review.claimed_by is None or is_past(review.claimed_until)


def is_mine(review: Review, identity: Identity) -> bool:
    """Whether this person works on it now."""
    mine = subject_key(review.claimed_by or "") == subject_key(identity.subject)
    return mine and not is_free(review)


def may_release(review: Review, identity: Identity) -> bool:
    """Whether this person may give the claim back: one's own, or anybody's for leads."""
    return not is_free(review) and (is_mine(review, identity) or identity.role in LEADERS)


def hold_for_form(desk: Desk, review_id: str, identity: Identity) -> bool:
    """Claim the review for a form; whether it was free before. Raises DeskError if somebody else works on it."""
    before = desk.review(review_id)
    desk.workbench.claim(review_id, identity)
    return not is_mine(before, identity)


def let_go(desk: Desk, review_id: str, identity: Identity) -> None:
    """Give one's own claim back; where it is somebody else's by now, there is nothing to give."""
    try:
        if is_mine(desk.review(review_id), identity):
            desk.workbench.release(review_id, identity)
    except DeskError:
        return  # the claim ends by itself; closing a form must not fail over it


def draw_claim_button(desk: Desk, review: Review, identity: Identity) -> None:
    """Claim a free one, release what one may release."""
    if is_free(review):
        st.button(
            "Claim",
            key=f"claim-{review.review_id}",
            icon=":material/back_hand:",
            type="tertiary",
            shortcut="M",  # "mine"; Streamlit keeps C for itself
            help="Others see that you work on it and cannot decide it meanwhile.",
            on_click=_claim,
            args=(desk, review.review_id),
        )
    elif may_release(review, identity):
        st.button(
            "Release",
            key=f"release-{review.review_id}",
            icon=":material/lock_open:",
            type="tertiary",
            on_click=_release,
            args=(desk, review.review_id),
        )


def _claim(desk: Desk, review_id: str) -> None:
    try:
        desk.workbench.claim(review_id, current_identity())
    except DeskError as error:
        say(review_id, str(error), worked=False)
    else:
        say_nothing()


def _release(desk: Desk, review_id: str) -> None:
    try:
        desk.workbench.release(review_id, current_identity())
    except DeskError as error:
        say(review_id, str(error), worked=False)
    else:
        say_nothing()
