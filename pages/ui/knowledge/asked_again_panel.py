"""Old questions asked again after an article came: how many are answered now, and each with before and after."""

import streamlit as st

from agent import AskedAgain, AskedQuestion
from pages.ui.history.history_panel import draw_sheets
from pages.ui.history.records import Cell, Columns, Record, show_records

ROWS = 25
COLUMNS = Columns(head=("Question", "Relevance before", "Now", "What becomes of it"), numeric=(1, 2), wide=0, full=True)


def in_a_sentence(asked: AskedAgain) -> str:
    """What it came to."""
    if not asked.asked:
        return "No old question lies near it, so nothing was asked again."
    many = "1 question" if asked.asked == 1 else f"{asked.asked:,} questions"
    are = "is" if 1 in {asked.answered_after, asked.asked} else "are"
    return f"Asked again: {asked.answered_after:,} of {many} {are} answered now, {asked.answered_before:,} before."


def draw_asked_again(asked: AskedAgain) -> None:
    """The sentence and the questions, those first that are answered now."""
    st.markdown(in_a_sentence(asked))
    if not asked.asked:
        return
    st.caption("Nobody was sent anything: these are old questions, tried by the limits in force.")
    sheet = draw_sheets(asked.asked, ROWS, key="again")
    ranked = sorted(asked.questions, key=lambda one: (not one.answered_after, -one.relevance_after))
    rows = ranked[(sheet - 1) * ROWS : sheet * ROWS]
    show_records("Questions that were asked again", COLUMNS, [_record(one) for one in rows], key="asked_table")


def _record(one: AskedQuestion) -> Record:
    now = Cell(text="answered", tone="good") if one.answered_after else Cell(text="goes to a person", tone="soft")
    return Record(
        cells=(
            Cell(text=one.text),
            Cell(text=f"{one.relevance_before:.2f}"),
            Cell(text=f"{one.relevance_after:.2f}"),
            Cell(text=now.text, tone=now.tone, below=("as before",) if one.answered_before else ()),
        )
    )
