"""Approving a draft: confirmed, carried out in the background, then told what it would have answered."""

import streamlit as st

from agent import ArticleView, Desk
from pages.ui.access.identity import current_identity
from pages.ui.knowledge.asked_again_panel import draw_asked_again
from pages.ui.knowledge.confirming import is_asked, put_away, take_confirmation
from pages.ui.knowledge.gap_search import forget_gaps
from pages.ui.knowledge.jobs import draw_waiting, jobs
from pages.ui.knowledge.knowledge_view import go_to
from pages.ui.plain_text import plain
from pages.ui.review.focus import focus_on

APPROVE = "approve"
PATIENCE_S = 1.0
"""So long the click waits for its result before the page shows how far it is."""


def job_name(draft_id: str) -> str:
    """What the approval of this draft is called."""
    return f"{APPROVE}:{draft_id}"


def draw_running(draft_id: str) -> bool:
    """Whether this draft is being approved right now; shows how far that is."""
    job = jobs().latest(job_name(draft_id))
    if job is None or not job.runs:
        return False
    draw_waiting(job_name(draft_id), "Making it live, then asking old questions again.")
    return True


def draw_problem(draft_id: str) -> None:
    """Why what is still a draft was not approved, if that was tried."""
    job = jobs().latest(job_name(draft_id))
    if job is not None and job.result is not None:
        jobs().forget(job_name(draft_id))  # of an earlier draft of the same name
    if job is not None and job.problem:
        st.error(plain(job.problem), title="It was not approved", icon=":material/error:")


def draw_approved(draft_id: str) -> bool:
    """What came of approving what is no draft any more; False if that is not known here."""
    job = jobs().latest(job_name(draft_id))
    if job is None or job.result is None:
        return False
    forget_gaps()
    asked = job.result
    st.success(f"It is live, approved by {plain(job.by)}.", icon=":material/check:")
    draw_asked_again(asked)
    with st.container(horizontal=True, key="approved_ways", gap="xsmall"):
        st.button(
            "Open the article",
            key="open_approved",
            icon=":material/article:",
            on_click=go_to,
            args=("articles",),
            kwargs={"article": asked.article_id},
        )
        st.button("Back to the drafts", key="back_to_drafts", on_click=go_to, args=("drafts",))
    return True


def draw_confirmation(desk: Desk, draft: ArticleView, version: int) -> None:
    """The second step, if the first was taken; `version` is the one that this person has before them."""
    if not is_asked(APPROVE, draft.article_id):
        return
    with st.container(border=True, key="confirm_approve", gap="xsmall"):
        st.markdown("**Make it live?**")
        st.text(
            f"Approved by {current_identity().subject}. Answers come from it at once. Old questions are asked again "
            "to see what it would have answered; nobody is sent anything."
        )
        if draft.replaces:
            st.text(f"It takes the place of the article {draft.replaces}.")
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            st.button("Back", key="approve_back", shortcut="Escape", on_click=put_away)
            st.button(
                "Approve",
                key="approve_confirm",
                type="primary",
                on_click=approve,
                args=(desk, draft.article_id, version),
            )
    focus_on("st-key-confirm_approve", occasion=f"{APPROVE}-{draft.article_id}")


def approve(desk: Desk, draft_id: str, version: int) -> None:
    """Begin; a callback."""
    identity, work = current_identity(), jobs()  # before: a click that follows may cut this run short after it
    if not take_confirmation(APPROVE, draft_id):
        return
    job = work.start(
        job_name(draft_id),
        identity.subject,
        lambda tell: desk.library.approve(draft_id, identity, tell, based_on=version),
    )
    if job is not None:
        job.wait(PATIENCE_S)
