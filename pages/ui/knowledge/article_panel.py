"""One article: its text, where it came from, how it is used, and the ways to change it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from agent import ArticleView, Desk, DeskError, Identity
from pages.ui.access.identity import current_identity
from pages.ui.address import write_address
from pages.ui.blocks import facts, show_blocks, tags
from pages.ui.clock import moment
from pages.ui.knowledge.article_paper import show_article
from pages.ui.knowledge.article_words import calendar_day, came_from, rated, ratings, title_of
from pages.ui.knowledge.asked_again_panel import draw_asked_again
from pages.ui.knowledge.confirming import ask, is_asked, put_away, take_confirmation
from pages.ui.knowledge.knowledge_view import ARTICLE, go_to, may_change
from pages.ui.knowledge.one_at_a_time import one_at_a_time
from pages.ui.knowledge.sayings import say, tried
from pages.ui.plain_text import plain
from pages.ui.review.focus import focus_on

REMOVE, RESTORE = "remove", "restore"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What is asked before an article is taken out or brought back."""

    name: str
    question: str
    meaning: str
    back: str
    go: str
    carry_out: Callable[[Desk, str], None]


def draw_article(desk: Desk, identity: Identity, article_id: str) -> None:
    """The article that the address names; says so kindly if there is none."""
    try:
        article = desk.library.article(article_id)
        asked = desk.library.asked_again(article.article_id)
    except DeskError:
        st.warning("There is no such article; it may have been replaced.", icon=":material/link_off:")
        st.button("Close", key="close_unknown_article", on_click=_close)
        return
    with st.container(border=True, key="open_article"):
        _draw_head(desk, article, identity)
        left, right = st.columns([0.64, 0.36], gap="medium")
        with left:
            show_article(article.text, key="article_text")
        with right:
            show_blocks(_about(article), key="article_about", card=article.article_id)
            if article.review_id:
                st.page_link(
                    "pages/history.py",
                    label="The decision it was made from",
                    icon=":material/history:",
                    query_params={"view": "decisions", "decision": article.review_id},
                )
        if asked.asked:
            st.markdown("**Asked again**")
            draw_asked_again(asked)


def start_editing(desk: Desk, article_id: str) -> None:
    """Open the draft that is to take the article's place, the one that there is or a new one; a callback."""
    with one_at_a_time(article_id):
        draft = tried(lambda: _draft_for(desk, article_id))
    if draft is not None:
        go_to("drafts", draft=draft.article_id)


def _draft_for(desk: Desk, article_id: str) -> ArticleView:
    for one in desk.library.articles(status="draft"):
        draft = desk.library.article(one.article_id)
        if draft.replaces == article_id:
            return draft
    now = desk.library.article(article_id)
    return desk.library.save_draft(
        article_id=article_id,
        title=title_of(now),
        text=now.text,
        area=now.area,
        kind=now.kind,
        tags=now.tags,
        by=current_identity(),
    )


def _draw_head(desk: Desk, article: ArticleView, identity: Identity) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(plain(title_of(article)), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall"):
            if may_change(identity):
                _draw_deeds(desk, article)
            st.button("Close", key="close_article", icon=":material/close:", on_click=_close)
    if article.status == "removed":
        st.warning("It was removed: no answer comes from it. Bring it back to use it again.", icon=":material/block:")
    deed = next((deed for deed in _deeds() if is_asked(deed.name, article.article_id)), None)
    if deed is not None:
        _draw_confirmation(desk, article, deed)


def _draw_deeds(desk: Desk, article: ArticleView) -> None:
    if article.status == "removed":
        st.button(
            "Bring it back", key="restore", icon=":material/undo:", on_click=ask, args=(RESTORE, article.article_id)
        )
    elif article.status == "draft":
        st.button(
            "Edit the draft",
            key="open_draft",
            icon=":material/edit:",
            on_click=go_to,
            args=("drafts",),
            kwargs={"draft": article.article_id},
        )
    else:
        st.button(
            "Edit as a draft",
            key="edit",
            icon=":material/edit:",
            on_click=start_editing,
            args=(desk, article.article_id),
        )
        st.button("Remove", key="remove", icon=":material/delete:", on_click=ask, args=(REMOVE, article.article_id))


def _draw_confirmation(desk: Desk, article: ArticleView, deed: Deed) -> None:
    with st.container(border=True, key="confirm_article", gap="xsmall"):
        st.markdown(f"**{deed.question}**")
        st.text(deed.meaning)
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            st.button(deed.back, key="leave_article", shortcut="Escape", on_click=put_away)
            st.button(
                deed.go,
                key=f"confirm_{deed.name}",
                type="primary",
                on_click=deed.carry_out,
                args=(desk, article.article_id),
            )
    focus_on("st-key-confirm_article", occasion=f"{deed.name}-{article.article_id}")


def _deeds() -> tuple[Deed, ...]:
    return (
        Deed(
            name=REMOVE,
            question="Take it out of use?",
            meaning="No answer will come from it any more. It can be brought back at any time. If its file still lies "
            "in a folder, the nightly run leaves it out as well.",
            back="Keep it",
            go="Take it out",
            carry_out=_remove,
        ),
        Deed(
            name=RESTORE,
            question="Use it again?",
            meaning="Answers can come from it at once, as it stands here.",
            back="Leave it out",
            go="Use it again",
            carry_out=_restore,
        ),
    )


def _about(article: ArticleView) -> list[dict[str, object]]:
    used = [
        ("Cited", f"in {article.cited:,} answers" if article.cited else "never so far"),
        ("Rated", f"{rated(article)}, {ratings(article.ratings)}" if article.ratings else "never so far"),
    ]
    origin = [
        ("Came from", came_from(article)),
        ("Last checked", calendar_day(article.updated)),
        ("Added", f"{moment(article.added_at)} by {article.added_by}" if article.added_at else ""),
        ("Approved", f"{moment(article.approved_at)} by {article.approved_by}" if article.approved_at else ""),
        ("Tags", ", ".join(article.tags)),
        ("Id", article.article_id),
    ]
    stale = [tags([("stale: nobody has checked it for a year", "warn")])] if article.stale else []
    about = [("Area", article.area), ("Kind", article.kind), *used, *((name, text) for name, text in origin if text)]
    return [*stale, facts(about)]


def _remove(desk: Desk, article_id: str) -> None:
    who = current_identity()

    def remove() -> bool:
        desk.library.remove(article_id, who)
        return True

    if take_confirmation(REMOVE, article_id) and tried(remove):
        say("Taken out of use. It waits among the removed ones.")


def _restore(desk: Desk, article_id: str) -> None:
    who = current_identity()

    def restore() -> bool:
        desk.library.restore(article_id, who)
        return True

    if take_confirmation(RESTORE, article_id) and tried(restore):
        say("It is back in use.")


def _close() -> None:
    put_away()
    write_address(ARTICLE, None)
