"""The way from an answer of a person to an article, on the pages where that answer is shown."""

import streamlit as st

from agent import Review
from pages.ui.access.identity import current_identity
from pages.ui.knowledge.knowledge_view import may_change

KINDS = ("escalation", "draft")
ACTIONS = ("approve", "edit", "respond")
"""Kinds of reviews and decisions in which a person answers a question."""


def draw_article_link(review: Review) -> None:
    """A link for those who may change articles, where an article can be made of the answer; else nothing."""
    if may_change(current_identity()) and can_become_article(review):
        st.page_link(
            "pages/knowledge.py",
            label="Make an article of this",
            icon=":material/menu_book:",
            query_params={"view": "drafts", "review": review.review_id},
        )


def can_become_article(review: Review) -> bool:
    """Whether a person answered a customer's question there, and the answer went out."""
    answered = review.kind in KINDS and review.decided_action in ACTIONS
    return answered and review.status == "applied" and review.check_case is None
