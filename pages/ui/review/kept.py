"""What the desk keeps about how a card was decided: since when it was on the screen, and what was changed."""

from contextlib import suppress

import streamlit as st

from agent import Desk, DeskError, HistoryFilter, Identity, Review
from pages.ui.access.identity import may_decide, may_operate
from pages.ui.blocks import Block, heading
from pages.ui.review.two_people import changes_of, difference_blocks

SEEN = "seen_cards"
CHANGES = "kept_changes"


def note_sight(desk: Desk, review: Review, identity: Identity) -> None:
    """Note once per session that this person has the evidence on the screen; polls must not ask again."""
    if not review.is_open or not may_decide(identity):
        return
    seen: set[tuple[str, str]] = st.session_state.setdefault(SEEN, set())
    name = (review.review_id, identity.subject)
    if name not in seen:
        seen.add(name)
        with suppress(DeskError):  # the card is shown all the same
            desk.workbench.see(review.review_id, identity)


def kept_changes(desk: Desk, review: Review, identity: Identity) -> list[Block]:
    """What was changed by the decision, before and after; nothing while it is open."""
    if review.is_open or not may_operate(identity):
        return []
    if review.first is not None:
        blocks = changes_of(review)
    elif review.decided_action == "edit":
        blocks = _from_history(desk, review, identity)
    else:
        return []
    return [heading("What was changed"), *blocks] if blocks else []


def _from_history(desk: Desk, review: Review, identity: Identity) -> list[Block]:
    """Looked up once a decision and kept: the card is drawn again with every poll."""
    name = (review.review_id, review.decided_at)
    kept: tuple[object, list[Block]] | None = st.session_state.get(CHANGES)
    if kept is not None and kept[0] == name:
        return kept[1]
    try:
        past = desk.workbench.history(HistoryFilter(search=review.review_id), identity, limit=5)
    except DeskError:
        return []
    standing = [each.decision for each in past if each.withdrawn_at is None]
    blocks = difference_blocks(standing[0].changes) if standing else []
    st.session_state[CHANGES] = (name, blocks)
    return blocks
