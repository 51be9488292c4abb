"""Drafts: those that wait, the one that is written, and answers of people that a new one could be made of."""

import streamlit as st

from agent import ArticleSummary, Desk, DeskError, Identity, PastDecision
from pages.ui.access.identity import current_identity
from pages.ui.address import read_address, write_address
from pages.ui.blocks import show_blocks
from pages.ui.history.history_words import done
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.knowledge.article_words import calendar_day, title_of
from pages.ui.knowledge.draft_panel import draw_draft
from pages.ui.knowledge.draft_source import answer_blocks
from pages.ui.knowledge.knowledge_view import DRAFT, NEW, REVIEW, go_to, may_change
from pages.ui.knowledge.one_at_a_time import one_at_a_time
from pages.ui.knowledge.past_answers import past_answer, recent_answers
from pages.ui.knowledge.sayings import tried
from pages.ui.words import REVIEW_KIND

RECENT = 20
DRAFTS = Columns(head=("Draft", "Area", "Kind", "Last changed"), wide=0, full=True)
ANSWERS = Columns(head=("When", "The customer asked", "Answered by", "How"), wide=1, full=True)
SHORT = 140
"""Characters of an answer in the list."""


def draw_drafts(desk: Desk, identity: Identity) -> None:
    """What the address names, or the lists."""
    draft_id, review_id = read_address(DRAFT), read_address(REVIEW)
    if draft_id:
        draw_draft(desk, identity, draft_id)
    elif review_id:
        _draw_review(desk, identity, review_id)
    else:
        _draw_waiting_drafts(desk, identity)
        if may_change(identity):
            _draw_answers(desk, identity)


def _draw_waiting_drafts(desk: Desk, identity: Identity) -> None:
    waiting = desk.library.articles(status="draft")
    if waiting:
        show_records(
            "Drafts",
            DRAFTS,
            [_draft_record(one) for one in waiting],
            key="drafts_table",
            on_choose=lambda chosen: write_address(DRAFT, chosen),
        )
    else:
        with st.container(border=True, key="empty_drafts"):
            st.markdown("**No draft waits.**")
            st.caption("A draft is an article that is not used yet: somebody reads it, mends it, and approves it.")
    if may_change(identity):
        st.button(
            "Write a new one",
            key="new_draft",
            icon=":material/add:",
            on_click=go_to,
            args=("drafts",),
            kwargs={"draft": NEW},
        )
    else:
        st.caption("Drafts are written and approved by analysts, leads and admins.")


def _draw_answers(desk: Desk, identity: Identity) -> None:
    st.header("Make one of a person’s answer", anchor=False)
    answers = recent_answers(desk, identity, RECENT)
    if not answers:
        st.caption("Once a person has answered a question that no article answered, it can be chosen here.")
        return
    st.caption("The latest questions that a person answered. Choose one to see the answer.")
    show_records(
        "Questions that people answered, the latest first",
        ANSWERS,
        [_answer_record(past) for past in answers],
        key="answers_table",
        on_choose=lambda chosen: write_address(REVIEW, chosen),
    )


def _draw_review(desk: Desk, identity: Identity, review_id: str) -> None:
    try:
        answer = past_answer(desk, identity, review_id)
    except DeskError:
        answer = None
    with st.container(border=True, key="review_source"):
        if answer is None:
            st.markdown("**No article can be made of this.**")
            st.caption("It takes a question that a person has answered; the address may be incomplete.")
        else:
            show_blocks(answer_blocks(answer), key="review_answer", card=review_id)
        with st.container(horizontal=True, gap="xsmall"):
            st.button("Back", key="back_from_review", on_click=go_to, args=("drafts",))
            if answer is not None and may_change(identity):
                st.button(
                    "Write a draft from this answer",
                    key="draft_from_review",
                    type="primary",
                    icon=":material/edit_note:",
                    on_click=_draft_from,
                    args=(desk, review_id),
                )
        if answer is not None and not may_change(identity):
            st.caption("Drafts are written and approved by analysts, leads and admins.")


def _draft_from(desk: Desk, review_id: str) -> None:
    with one_at_a_time(review_id):
        made = tried(lambda: desk.library.draft_from_review(review_id, current_identity()))
    if made is None:
        return
    if made.status == "draft":
        go_to("drafts", draft=made.article_id)
    else:
        go_to("articles", article=made.article_id)


def _draft_record(one: ArticleSummary) -> Record:
    return Record(
        id=one.article_id,
        label=f"Open the draft: {title_of(one)}",
        cells=(
            Cell(text=title_of(one), whole=one.article_id),
            Cell(text=one.area),
            Cell(text=one.kind),
            Cell(text=calendar_day(one.updated)),
        ),
    )


def _answer_record(past: PastDecision) -> Record:
    reply = past.decision.reply or ""
    return Record(
        id=past.decision.review_id,
        label=f"Open the answer of {past.decision.subject} to: {past.request}",
        cells=(
            Cell(at=past.decision.decided_at),
            Cell(text=_short(past.request), below=(_short(reply),) if reply else (), whole=past.request),
            Cell(text=past.decision.subject),
            Cell(text=done(past), tone="info", below=(REVIEW_KIND[past.kind],)),
        ),
    )


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
