"""The threads in the sidebar, last touched first, with search."""

from typing import Any

import streamlit as st

from agent import Desk, ThreadSummary
from pages.ui.access.sign_in import recheck
from pages.ui.fragments import fragment
from pages.ui.frontend import register
from pages.ui.live.live_thread import live_thread, open_thread
from pages.ui.words import THREAD_STATUS

LIST = "threads_list"
SEARCH = "thread_search"
SHOWN = 30

_THREADS = register("threads", css=("threads.css",), js=("threads.js",))


@fragment(run_every=2.0)
def draw_threads(desk: Desk) -> None:
    """The list; a click opens the thread."""
    recheck()
    with st.container(key="threads_panel", gap="xsmall"):
        search = st.text_input(
            "Threads", key=SEARCH, placeholder="Search threads", type="search", icon=":material/search:", live=True
        )
        rows = desk.threads(limit=SHOWN, search=(search or "").strip())
        if not rows:
            st.caption("No thread matches." if search else "Threads show up here.")
            return
        current = live_thread().thread_id
        picked = _THREADS(data={"rows": [_row(row, current) for row in rows]}, key=LIST, on_opened_change=_open)
        if picked.opened:
            st.rerun()  # the open thread belongs to the page and not to this list


def _open() -> None:
    open_thread(st.session_state[LIST].opened)


def _row(row: ThreadSummary, current: str | None) -> dict[str, Any]:
    label, tone = THREAD_STATUS[row.status]
    return {
        "id": row.thread_id,
        "title": row.title,
        "status": label,
        "tone": tone,
        "at": row.updated_at,
        "current": row.thread_id == current,
    }
