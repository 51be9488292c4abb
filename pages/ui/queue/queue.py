"""The queue of reviews as a table, and the way from one review to the next."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from agent import ReviewSummary
from pages.ui.frontend import register
from pages.ui.queue.queue_paging import QueuePage, turn_to
from pages.ui.queue.queue_selection import SELECTED, choose, select
from pages.ui.queue.queue_words import REASON, TEAM
from pages.ui.words import ACTION_DONE, ADVICE_TONE, PRIORITY_TONE, REVIEW_KIND, in_words

LAST_PLACE = "selected_place"
TABLE = "queue_table"
MINUTE_S = 60

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


def select_neighbour(page: QueuePage, step: int) -> None:
    """The next (1) or previous (-1) review, on the next page if need be.

    From one that has left the list it is the one that took its place.
    """
    ids = page.ids
    if not ids:
        return
    current = st.session_state.get(SELECTED)
    gone = st.session_state.get(LAST_PLACE, 0) + min(step, 0) + (page.before is not None)
    place = ids.index(current) + step if current in ids else gone
    chosen = ids[min(max(place, 0), len(ids) - 1)]
    if chosen == page.after:
        turn_to(page.number + 1)
    elif chosen == page.before:
        turn_to(page.number - 1)
    choose(chosen)


def show_queue(rows: Sequence[ReviewSummary], selected: str | None, subject: str) -> None:
    """Draw the queue as `subject` sees it; a click selects."""
    _QUEUE(data={"rows": [_row(row, selected, subject) for row in rows]}, key=TABLE, on_chosen_change=_choose)


def _choose() -> None:
    choose(st.session_state[TABLE].chosen)


def _row(row: ReviewSummary, selected: str | None, subject: str) -> dict[str, Any]:
    verdicts = Counter(clause.verdict for clause in row.clauses)
    return {
        "id": row.review_id,
        "current": row.review_id == selected,
        "kind": REVIEW_KIND[row.kind],
        "requester": row.requester,
        "request": row.request,
        "amount": str(row.amount) if row.amount else "",
        "open": row.status in {"pending", "awaiting_second"},
        "second": row.status == "awaiting_second",
        "team": TEAM.get(row.team, row.team),
        "reason": REASON.get(row.reason, in_words(row.reason)),
        "claimed": "you" if row.claimed_by == subject else row.claimed_by or "",
        # whole minutes: a row that changes every second could not be clicked
        "dueIn": row.due_in_s // MINUTE_S * MINUTE_S,
        "age": row.age_s // MINUTE_S * MINUTE_S,
        "decided": f"{ACTION_DONE.get(row.decided_action or '', row.status)} · {row.decided_by or ''}",
        "priority": row.priority,
        "priorityTone": PRIORITY_TONE[row.priority],
        "verdicts": [(verdict, verdicts[verdict]) for verdict in ("pass", "fail", "unknown") if verdicts[verdict]],
        "advice": row.recommendation,
        "adviceTone": ADVICE_TONE[row.recommendation],
    }
