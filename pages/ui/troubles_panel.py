"""What an engine could not do and which turns failed: for operators; customers are answered all the same."""

import streamlit as st

from agent import Desk, DeskError, Event
from pages.ui.blocks import facts, note, show_blocks, table
from pages.ui.clock import moment
from pages.ui.plain_text import plain
from pages.ui.words import in_words

SHOWN = 50


def draw_engine(desk: Desk) -> None:
    """The engine in use and the policy in force."""
    rows = [("Engine", desk.engine), ("Policy", desk.policy.label), ("Knowledge base", f"{desk.articles} articles")]
    show_blocks([facts(rows)], key="engine_in_use")


def draw_troubles(desk: Desk) -> None:
    """The latest troubles, the newest first; says so if there are none."""
    try:
        troubles = desk.troubles(SHOWN)
    except DeskError as error:
        st.error(plain(str(error)))
        return
    if not troubles:
        show_blocks([note("Nothing. Every step was done by the engine that should do it.", "good")], key="troubles")
        return
    said = note("Customers were answered all the same: another engine did the step, or a person got a ticket.", "soft")
    head = ("When", "Step", "What happened", "Done instead by", "Thread")
    show_blocks([said, table("Troubles", head, [_row(event) for event in troubles])], key="troubles")


def _row(event: Event) -> tuple[str, ...]:
    told = event.payload
    return (
        moment(event.at),
        in_words(str(told.get("step", "whole turn"))),
        str(told.get("message", "")),
        str(told.get("done_by", "a person, with a ticket")),
        event.thread_id[:8],
    )
