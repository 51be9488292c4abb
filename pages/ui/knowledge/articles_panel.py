"""The list of articles, and the one that is open."""

import streamlit as st

from agent import ArticleSummary, Desk, Identity
from pages.ui.address import read_address, write_address
from pages.ui.history.history_panel import draw_sheets
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.knowledge.article_filter import SHEET, Wanted, ask_articles
from pages.ui.knowledge.article_panel import draw_article
from pages.ui.knowledge.article_words import came_from, checked_cell, ratings, title_of
from pages.ui.knowledge.knowledge_view import ARTICLE, NEW, go_to, may_change
from pages.ui.knowledge.question_panel import draw_question

ROWS = 50
COLUMNS = Columns(
    head=("Article", "Area", "Kind", "From", "Last checked", "Cited", "Rating"), numeric=(5, 6), wide=0, full=True
)


def draw_articles(desk: Desk, identity: Identity) -> None:
    """Filters, a page of the list, the open article, and a question to try."""
    known = desk.library.articles()
    wanted = ask_articles(known)
    chosen = read_address(ARTICLE)
    found = wanted.narrowed(
        desk.library.articles(
            search=wanted.search,
            area=wanted.area,
            kind=wanted.kind,
            status="removed" if wanted.removed else "live",
        )
    )
    draw_question(desk, known)
    if found:
        sheet = draw_sheets(len(found), ROWS, key=SHEET)
        rows = [_record(one, chosen) for one in found[(sheet - 1) * ROWS : sheet * ROWS]]
        show_records("Articles", COLUMNS, rows, key="articles_table", on_choose=choose)
    else:
        _draw_none(wanted, empty=not known)
    if chosen:
        draw_article(desk, identity, chosen)
    elif found:
        _draw_hint(identity)


def choose(article_id: str | None) -> None:
    """Open an article, or close it; a callback."""
    write_address(ARTICLE, article_id)


def _draw_hint(identity: Identity) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="articles_hint"):
        if may_change(identity):
            st.button(
                "Write a new one",
                key="new_article",
                icon=":material/add:",
                on_click=go_to,
                args=("drafts",),
                kwargs={"draft": NEW},
            )
        st.caption("Choose an article to read it, and to see where it came from.", width="stretch")


def _draw_none(wanted: Wanted, *, empty: bool) -> None:
    with st.container(border=True, key="empty_articles"):
        if wanted.removed:
            st.markdown("**No removed article matches.**")
            st.caption("Articles that are taken out of use wait here and can be brought back.")
        elif empty:
            st.markdown("**There is no article yet.**")
            st.caption("Take some in, or write one: until then every question goes to a person.")
        else:
            st.markdown("**No article matches.**")
            st.caption("Loosen a filter to see more.")


def _record(one: ArticleSummary, chosen: str | None) -> Record:
    return Record(
        id=one.article_id,
        label=f"Open the article: {title_of(one)}",
        current=one.article_id == chosen,
        cells=(
            Cell(text=title_of(one), whole=one.article_id),
            Cell(text=one.area),
            Cell(text=one.kind),
            Cell(text=_short(came_from(one)), whole=came_from(one)),
            checked_cell(one),
            Cell(text=f"{one.cited:,}"),
            Cell(text=f"{one.rating:.1f} ({one.ratings:,})" if one.ratings else "", whole=ratings(one.ratings)),
        ),
    )


def _short(text: str, most: int = 34) -> str:
    return text if len(text) <= most else f"…{text[-most:]}"
