"""Around the queue: its figures, its pages, and what is said when there is nothing to show."""

import streamlit as st

from agent import Desk, QueueCounts, QueueFilter
from pages.ui.access.sign_in import recheck
from pages.ui.clock import span
from pages.ui.fragments import fragment
from pages.ui.frontend import register
from pages.ui.plain_text import plain
from pages.ui.queue.queue_paging import ROWS, QueuePage, turn_to

COUNTS = "queue_counts"
AGES = ("<1 h", "1–4 h", "4–8 h", "8–24 h", "24+ h")
MINUTE_S = 60

_AGEING = register("ageing", css=("ageing.css",), js=("ageing.js",))


@fragment(run_every=1.0)
def draw_figures(desk: Desk) -> None:
    """What waits, how much money, what is late, since when, and when it will be done."""
    recheck()
    counts = desk.queue_counts()
    st.session_state[COUNTS] = counts
    with st.container(horizontal=True, key="queue_figures", gap="medium", vertical_alignment="center"):
        st.metric("Waiting", counts.pending, width="content")
        st.metric("Value waiting", plain(str(counts.amount)), width="content")
        st.metric("Overdue", counts.overdue, width="content")
        st.metric("Oldest", span(counts.oldest_s) if counts.pending else "none", width="content")
        _AGEING(data=_ageing(counts), key="ageing", width=330)


def forget_counts() -> None:
    """The figures are not true any more: whoever needs them reads them anew."""
    st.session_state.pop(COUNTS, None)


def known_counts() -> QueueCounts | None:
    """The figures as they were last drawn in this session."""
    counts: QueueCounts | None = st.session_state.get(COUNTS)
    return counts


def _ageing(counts: QueueCounts) -> dict[str, object]:
    clear = counts.clear_in_s
    return {
        "ages": [{"label": label, "count": count} for label, count in zip(AGES, counts.ageing, strict=True)],
        # whole minutes: the strip is drawn anew only when it says something else
        "clearIn": None if clear is None else -(-clear // MINUTE_S) * MINUTE_S,
        "pace": _pace(counts),
    }


def _pace(counts: QueueCounts) -> str:
    """At which pace it clears, or why that cannot be told."""
    lately = f"the last {counts.lately_h:g} h"
    if counts.pending == 0:
        return "Nothing waits."
    if counts.clear_in_s is not None:
        return f"at the pace of {lately}"
    if counts.decided_lately <= counts.opened_lately:
        return f"Not getting shorter: {counts.opened_lately} came, {counts.decided_lately} decided in {lately}."
    return f"Too few were decided in {lately} to say when it is clear."


def draw_pager(page: QueuePage, wanted: QueueFilter) -> None:
    """Which part of the queue this is, and the way to the other parts."""
    if page.is_past_end:
        st.caption("There is no such page; this is the first.")
    if page.before is None and page.after is None:
        return
    counts = known_counts()
    total = f" of {counts.pending:,}" if counts and wanted == QueueFilter() else ""
    with st.container(horizontal=True, key="queue_pages", gap="xsmall", vertical_alignment="center"):
        st.button("Earlier", key="page_back", disabled=page.before is None, on_click=turn_to, args=(page.number - 1,))
        st.button("Later", key="page_on", disabled=page.after is None, on_click=turn_to, args=(page.number + 1,))
        st.caption(f"{page.first:,}–{page.first + min(len(page.rows), ROWS) - 1:,}{total}", width="content")


def draw_empty_queue(wanted: QueueFilter) -> None:
    """When no review matches."""
    filtered = wanted != QueueFilter()
    with st.container(border=True, key="empty_queue"):
        st.markdown("**Nothing matches these filters.**" if filtered else "**Nothing waits for a decision.**")
        st.caption(
            "Loosen a filter to see more."
            if filtered
            else "Refunds and escalations show up here by themselves. Start one on the Live desk to see how."
        )


def draw_nothing_selected() -> None:
    """When no review is selected."""
    with st.container(border=True, key="nothing_selected"):
        st.markdown("**No review selected**")
        st.caption("Choose one on the left to see its evidence.")
