"""The queue of reviews, and which of them is selected: always by its id, never by its place in the list."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from agent import ReviewSummary
from pages.ui.address import read_address, write_address
from pages.ui.frontend import register
from pages.ui.words import ACTION_DONE, ADVICE_TONE, PRIORITY_TONE, REVIEW_KIND

SELECTED = "selected_review"
LAST_PLACE = "selected_place"
TABLE = "queue_table"

_QUEUE = register("queue", css=("queue.css",), js=("queue.js",))


def selected_review(rows: Sequence[ReviewSummary]) -> str | None:
    """The selected review; on the first visit, the one that is due first."""
    if st.session_state.get(SELECTED) is None and rows:
        select(rows[0].review_id)
    place = next((i for i, row in enumerate(rows) if row.review_id == st.session_state.get(SELECTED)), None)
    if place is not None:
        st.session_state[LAST_PLACE] = place
    chosen: str | None = st.session_state.get(SELECTED)
    return chosen


def follow_address() -> None:
    """Select the review that the address names, if it names one; else name the selected one in the address."""
    asked = read_address("review") or st.session_state.get(SELECTED)
    if asked:
        select(asked)


def select(review_id: str) -> None:
    """Select a review, and write it into the address."""
    st.session_state[SELECTED] = review_id
    write_address("review", review_id)


def select_neighbour(ids: Sequence[str], step: int) -> None:
    """The next (1) or previous (-1) review; from one that has left the list, the one that took its place."""
    if not ids:
        return
    current = st.session_state.get(SELECTED)
    gone = st.session_state.get(LAST_PLACE, 0) + min(step, 0)
    place = ids.index(current) + step if current in ids else gone
    select(ids[min(max(place, 0), len(ids) - 1)])


def show_queue(rows: Sequence[ReviewSummary], selected: str | None) -> None:
    """Draw the queue; a click selects."""
    _QUEUE(data={"rows": [_row(row, selected) for row in rows]}, key=TABLE, on_chosen_change=_choose)


def _choose() -> None:
    select(st.session_state[TABLE].chosen)


def _row(row: ReviewSummary, selected: str | None) -> dict[str, Any]:
    verdicts = Counter(clause.verdict for clause in row.clauses)
    return {
        "id": row.review_id,
        "current": row.review_id == selected,
        "kind": REVIEW_KIND[row.kind],
        "requester": row.requester,
        "request": row.request,
        "amount": str(row.amount) if row.amount else "",
        "pending": row.status == "pending",
        # whole minutes: a row that changes every second could not be clicked
        "dueIn": row.due_in_s // 60 * 60,
        "decided": f"{ACTION_DONE.get(row.decided_action or '', row.status)} · {row.decided_by or ''}",
        "priority": row.priority,
        "priorityTone": PRIORITY_TONE[row.priority],
        "verdicts": [(verdict, verdicts[verdict]) for verdict in ("pass", "fail", "unknown") if verdicts[verdict]],
        "advice": row.recommendation,
        "adviceTone": ADVICE_TONE[row.recommendation],
    }
