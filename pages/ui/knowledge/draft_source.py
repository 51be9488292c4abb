"""What a draft is written from, shown beside it: a person's answer, or the questions of a gap."""

import streamlit as st

from agent import ArticleView, Desk, DeskError, Identity
from pages.ui.blocks import Block, heading, note, quote, show_blocks
from pages.ui.clock import moment
from pages.ui.knowledge.gap_search import gap_of, job_name, look_for_gaps, span_of
from pages.ui.knowledge.gaps_panel import draw_examples
from pages.ui.knowledge.jobs import draw_waiting
from pages.ui.knowledge.past_answers import PastAnswer, past_answer
from pages.ui.plain_text import plain
from pages.ui.present import at_time
from pages.ui.review.card_blocks import difference


def answer_blocks(answer: PastAnswer) -> list[Block]:
    """Question and answer in the words of those who wrote them."""
    told = quote(answer.answer) if answer.answer else note("The words of the answer are in the conversation.", "soft")
    return [
        heading("The customer asked"),
        quote(answer.question),
        heading(f"{answer.by} answered, {moment(answer.at)}"),
        told,
    ]


def draw_review_source(desk: Desk, identity: Identity, review_id: str) -> None:
    """The question and the answer of the review that a draft was made from."""
    try:
        answer = past_answer(desk, identity, review_id)
    except DeskError:
        answer = None
    if answer is None:
        st.caption("What it was made from can't be shown any more.")
        return
    show_blocks(answer_blocks(answer), key="draft_answer", card=review_id)
    st.page_link(
        "pages/live_desk.py",
        label="Conversation",
        icon=":material/forum:",
        query_params={"thread": answer.thread_id},
    )


def draw_gap_source(desk: Desk, identity: Identity, address: str) -> None:
    """The questions of the gap that a draft is to answer."""
    span = span_of(address)
    job = look_for_gaps(desk, span, identity.subject) if span else None
    if span and job is not None and job.runs:
        draw_waiting(job_name(span), "Putting questions together.")
        return
    gap = gap_of(job, address) if job else None
    if gap is None:
        st.caption("Its questions are answered by now, or lie together with others. Look among the gaps.")
        return
    st.markdown("**Questions without an answer**")
    draw_examples(gap)


def draw_kept(draft: ArticleView, text: str) -> None:
    """What is kept of this draft where it is not what stands in the form, and who kept it."""
    if draft.text != text:
        with st.expander("What is kept, and what stands in the form", key="draft_kept"):
            st.caption(f"Version {draft.version}, saved by {plain(draft.saved_by)}, {at_time(draft.saved_at)}.")
            show_blocks([difference("From what is kept to the form", draft.text, text)], key="kept_changes")


def draw_replaced(desk: Desk, live_id: str, text: str) -> None:
    """What would change in the article that is in use."""
    try:
        live = desk.library.article(live_id)
    except DeskError:
        return
    if live.text != text:
        with st.expander("What would change in the article", key="draft_difference"):
            show_blocks([difference("What would change", live.text, text)], key="draft_changes")
