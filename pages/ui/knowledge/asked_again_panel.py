"""Old questions asked again after an article came: how many are answered now, and each with before and after."""

import streamlit as st

from agent import AskedAgain, AskedQuestion
from pages.ui.history.history_panel import draw_sheets
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.queue.queue_words import REASON
from pages.ui.words import in_words

ROWS = 25
LANE = {
    "lane_unknown": "not understood, asked back",
    "lane_courtesy": "taken for a courtesy",
    "lane_issue": "taken for a problem",
    "lane_order": "taken for an order",
    "lane_refund": "taken for a refund",
    "lane_refund_decided_by_a_person": "taken for a refund",
}
"""What is done where the message is read as something else than a question."""
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
    st.caption(
        "Nobody was sent anything. Each was tried as a new message, with everything that the desk does before it "
        "answers: what it takes the message for, the mood, the rules and the limits in force."
    )
    sheet = draw_sheets(asked.asked, ROWS, key="again")
    ranked = sorted(asked.questions, key=lambda one: (not one.answered_after, -one.relevance_after))
    rows = ranked[(sheet - 1) * ROWS : sheet * ROWS]
    show_records("Questions that were asked again", COLUMNS, [_record(one) for one in rows], key="asked_table")


def _record(one: AskedQuestion) -> Record:
    now = Cell(text="answered", tone="good") if one.answered_after else Cell(text=instead(one), tone="soft")
    before = ("answered before as well",) if one.answered_before else ()
    return Record(
        cells=(
            Cell(text=one.text),
            Cell(text=f"{one.relevance_before:.2f}"),
            Cell(text=f"{one.relevance_after:.2f}"),
            Cell(text=now.text, tone=now.tone, below=(*why_not(one), *before)),
        )
    )


def instead(one: AskedQuestion) -> str:
    """What the desk would do with a question that it would not answer by itself."""
    return LANE.get(one.why, "goes to a person")


def why_not(one: AskedQuestion) -> tuple[str, ...]:
    """The rules that keep the answer back, in words."""
    if one.answered_after or one.why in LANE:
        return ()
    rules = [rule for rule in one.why.split(",") if rule]
    return (", ".join(REASON.get(rule, in_words(rule)) for rule in rules),) if rules else ()
