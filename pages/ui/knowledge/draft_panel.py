"""One draft: its fields, what it is written from beside them, and the ways to keep, approve or drop it."""

import streamlit as st

from agent import ArticleView, Desk, DeskError, Identity
from pages.ui.access.identity import current_identity
from pages.ui.address import read_address
from pages.ui.knowledge.approving import APPROVE, draw_approved, draw_confirmation, draw_problem, draw_running
from pages.ui.knowledge.article_paper import show_article
from pages.ui.knowledge.article_words import title_of
from pages.ui.knowledge.confirming import ask, is_asked, put_away, take_confirmation
from pages.ui.knowledge.draft_form import (
    Sheet,
    draw_fields,
    keep,
    new_sheet,
    note_base,
    seen_version,
    sheet_of,
    typed_text,
)
from pages.ui.knowledge.draft_source import draw_gap_source, draw_kept, draw_replaced, draw_review_source
from pages.ui.knowledge.gap_search import gap_of, look_for_gaps, span_of
from pages.ui.knowledge.knowledge_view import GAP, NEW, go_to, may_change
from pages.ui.knowledge.sayings import say, tried
from pages.ui.plain_text import plain
from pages.ui.review.focus import focus_on

DROP = "drop"


def draw_draft(desk: Desk, identity: Identity, draft_id: str) -> None:
    """The draft that the address names, a new one, or what became of it."""
    gap = read_address(GAP)
    if draft_id == NEW:
        _draw_new(desk, identity, gap)
    elif not draw_running(draft_id):
        _draw_known(desk, identity, draft_id, gap)


def _draw_new(desk: Desk, identity: Identity, gap: str | None) -> None:
    if may_change(identity):
        _draw_editor(desk, identity, _new_sheet(desk, identity, gap), None, gap)
    else:
        _draw_gone("Drafts are written and approved by analysts, leads and admins.")


def _draw_known(desk: Desk, identity: Identity, draft_id: str, gap: str | None) -> None:
    try:
        draft = desk.library.article(draft_id)
    except DeskError:
        draft = None
    if draft is None or draft.status != "draft":
        if not draw_approved(draft_id):
            _draw_gone(
                "There is no such draft: it was approved or dropped.", article_id=draft.article_id if draft else None
            )
    elif may_change(identity):
        draw_problem(draft_id)
        _draw_editor(desk, identity, sheet_of(draft), draft, gap)
    else:
        _draw_to_read(desk, identity, draft)


def _new_sheet(desk: Desk, identity: Identity, gap_address: str | None) -> Sheet:
    span = span_of(gap_address or "")
    job = look_for_gaps(desk, span, identity.subject) if span else None
    gap = gap_of(job, gap_address or "") if job and not job.runs else None
    return new_sheet(gap.name if gap else "")


def _draw_gone(why: str, *, article_id: str | None = None) -> None:
    with st.container(border=True, key="no_draft"):
        st.markdown(why)
        with st.container(horizontal=True, gap="xsmall"):
            st.button("Back to the drafts", key="back_to_list", on_click=go_to, args=("drafts",))
            if article_id:
                st.button(
                    "Open the article",
                    key="open_instead",
                    on_click=go_to,
                    args=("articles",),
                    kwargs={"article": article_id},
                )


def _draw_to_read(desk: Desk, identity: Identity, draft: ArticleView) -> None:
    with st.container(border=True, key="read_draft"):
        st.header(plain(title_of(draft)), anchor=False)
        st.caption("A draft: no answer comes from it. Analysts, leads and admins can change and approve it.")
        left, right = st.columns([0.6, 0.4], gap="medium")
        with left:
            show_article(draft.text, key="draft_text")
        with right:
            _draw_source(desk, identity, draft, None)
        st.button("Back to the drafts", key="back_from_reading", on_click=go_to, args=("drafts",))


def _draw_editor(desk: Desk, identity: Identity, sheet: Sheet, draft: ArticleView | None, gap: str | None) -> None:
    note_base(sheet)
    known = desk.library.articles()
    _draw_editor_head(draft)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        with st.form(key=f"draft_form_{sheet.name}", border=True, enter_to_submit=False):
            draw_fields(sheet, [one.area for one in known], [one.kind for one in known])
            with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
                st.form_submit_button(
                    "Save the draft", key="save_draft", icon=":material/save:", on_click=_keep, args=(desk, sheet, gap)
                )
                st.form_submit_button(
                    "Approve …",
                    key="approve_draft",
                    type="primary",
                    icon=":material/check:",
                    on_click=_keep_and_ask,
                    args=(desk, sheet, gap),
                )
        if draft is not None:
            draw_confirmation(desk, draft, seen_version(draft))
            _draw_dropping(desk, draft)
    with right:
        _draw_source(desk, identity, draft, gap)
        text = typed_text(sheet)
        if text.strip():
            with st.expander("How it reads", key="draft_preview", expanded=draft is not None):
                show_article(text, key="preview_text")
        if draft is not None:
            draw_kept(draft, text)
        if draft is not None and draft.replaces:
            draw_replaced(desk, draft.replaces, text)


def _draw_editor_head(draft: ArticleView | None) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if draft is None:
            title = "A new draft"
        elif draft.replaces:
            title = f"A draft for the article {draft.replaces}"
        else:
            title = "A draft"
        st.header(plain(title), anchor=False)
        st.button("Close", key="close_draft", icon=":material/close:", on_click=_close)


def _draw_source(desk: Desk, identity: Identity, draft: ArticleView | None, gap: str | None) -> None:
    if draft is not None and draft.review_id:
        draw_review_source(desk, identity, draft.review_id)
    elif gap:
        draw_gap_source(desk, identity, gap)
    else:
        st.caption("Write one question and its answer, short and complete: the first sentence should already help.")


def _draw_dropping(desk: Desk, draft: ArticleView) -> None:
    if not is_asked(DROP, draft.article_id):
        st.button("Drop this draft", key="drop", icon=":material/delete:", on_click=ask, args=(DROP, draft.article_id))
        return
    with st.container(border=True, key="confirm_drop", gap="xsmall"):
        st.markdown("**Drop it for good?** A draft that is dropped cannot be brought back.")
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            st.button("Keep it", key="keep_draft", shortcut="Escape", on_click=put_away)
            st.button("Drop it", key="drop_confirm", type="primary", on_click=_drop, args=(desk, draft.article_id))
    focus_on("st-key-confirm_drop", occasion=f"{DROP}-{draft.article_id}")


def _keep(desk: Desk, sheet: Sheet, gap: str | None) -> None:
    keep(desk, sheet, gap)


def _keep_and_ask(desk: Desk, sheet: Sheet, gap: str | None) -> None:
    kept = keep(desk, sheet, gap)
    if kept is not None:
        ask(APPROVE, kept.article_id)


def _drop(desk: Desk, draft_id: str) -> None:
    who = current_identity()

    def drop() -> bool:
        desk.library.remove(draft_id, who)
        return True

    if take_confirmation(DROP, draft_id) and tried(drop):
        say("The draft is gone.")
        go_to("drafts")


def _close() -> None:
    put_away()
    go_to("drafts")
