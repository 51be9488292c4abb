"""What an engine could not do and which turns failed: for operators; customers are answered all the same."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from agent import Desk, DeskError, Event
from pages.ui.blocks import facts, note, show_blocks
from pages.ui.frontend import register
from pages.ui.plain_text import plain
from pages.ui.words import in_words

SHOWN = 50
LIST = "troubles_list"

_TROUBLES = register("troubles", css=("blocks.css", "troubles.css"), js=("troubles.js",))


def draw_engine(desk: Desk) -> None:
    """The engine in use and the policy in force."""
    rows = [("Engine", desk.engine), ("Policy", desk.policy.label), ("Knowledge base", f"{desk.articles} articles")]
    show_blocks([facts(rows)], key="engine_in_use")


def draw_troubles(desk: Desk) -> None:
    """The latest troubles, the newest first, each with the way to its thread; says so if there are none."""
    try:
        troubles = desk.troubles(SHOWN)
    except DeskError as error:
        st.error(plain(str(error)))
        return
    if not troubles:
        show_blocks([note("Nothing went wrong. All is well.", "good")], key="no_troubles")
        return
    st.caption("The customers were answered all the same: something else did the step, or a person got a ticket.")
    picked = _TROUBLES(data={"rows": trouble_rows(troubles)}, key=LIST, on_opened_change=lambda: None)
    if picked.opened:
        st.switch_page("pages/live_desk.py", query_params={"thread": picked.opened})


def trouble_rows(troubles: Sequence[Event]) -> list[dict[str, Any]]:
    """One per turn and step, the newest first; of several tries the last, which tells who did it in the end."""
    last: dict[tuple[str, str | None, str], Event] = {}
    for event in troubles:
        last.setdefault((event.thread_id, event.turn_id, str(event.payload.get("step"))), event)
    return [_row(event) for event in last.values()]


def _row(event: Event) -> dict[str, Any]:
    told = event.payload
    return {
        "id": str(event.seq),
        "at": event.at,
        "step": in_words(str(told.get("step") or event.node or "whole message")),
        "what": str(told.get("message") or "no reason was given"),
        "by": str(told.get("done_by") or "a person, with a ticket"),
        "thread": event.thread_id,
    }
