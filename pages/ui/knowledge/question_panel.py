"""Try a question: what the desk would find for it, within the areas and kinds that are chosen."""

from collections.abc import Sequence

import streamlit as st

from agent import ArticleSummary, Desk, DeskError, Hit, Scope
from pages.ui.address import write_address
from pages.ui.knowledge.article_paper import Finding, show_findings
from pages.ui.knowledge.knowledge_view import ARTICLE
from pages.ui.plain_text import plain

QUESTION, AREAS, KINDS = "try", "try_areas", "try_kinds"
FOUND = 5
QUESTION_CHARS = 500


def draw_question(desk: Desk, known: Sequence[ArticleSummary]) -> None:
    """The question, its scope, and what is found."""
    box = st.expander(
        "Try a question", icon=":material/search:", key="try_box", expanded=bool(st.query_params.get(QUESTION))
    )
    with box:
        with st.container(horizontal=True, vertical_alignment="bottom", key="try_row"):
            asked = st.text_input(
                "As a customer would ask it",
                key=QUESTION,
                bind="query-params",
                placeholder="How long does a refund take?",
                max_chars=QUESTION_CHARS,
                width="stretch",
            )
            areas = st.multiselect(
                "Within areas", sorted({one.area for one in known}), key=AREAS, placeholder="All", width=220
            )
            kinds = st.multiselect(
                "Within kinds", sorted({one.kind for one in known}), key=KINDS, placeholder="All", width=220
            )
        question = (asked or "").strip()
        if question:
            _draw_found(desk, question, Scope(areas=tuple(areas), kinds=tuple(kinds)))
        else:
            st.caption("Nothing is answered or sent: this only shows what would be found, and how relevant it is.")


def _draw_found(desk: Desk, question: str, scope: Scope) -> None:
    try:
        hits = desk.library.search(question, scope, FOUND)
        found = [_finding(desk, hit) for hit in hits]
    except DeskError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    limit = desk.policy.min_relevance
    if not found:
        st.markdown("**Nothing was found.** No article lies within what was chosen.")
        return
    enough = sum(one.relevance >= limit for one in found)
    said = "No article is relevant enough: a person would answer it." if not enough else "It can be answered."
    st.markdown(f"**{said}** An answer needs a relevance of {limit:.2f} by the policy in force; the line marks it.")
    show_findings(found, limit, key="try_found", on_choose=lambda chosen: write_address(ARTICLE, chosen))


def _finding(desk: Desk, hit: Hit) -> Finding:
    article = desk.library.article(hit.article_id)
    return Finding(
        id=article.article_id,
        title=hit.title,
        text=hit.text,
        about=f"{article.area} · {article.kind}",
        relevance=hit.relevance,
    )
