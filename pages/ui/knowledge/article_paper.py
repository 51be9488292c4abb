"""Draws an article's text, and what a question finds, with text that never becomes markup."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from pages.ui.frontend import register
from pages.ui.knowledge.article_text import article_blocks

_ARTICLE = register("article", css=("article.css",), js=("article.js",))
_FOUND = register("found", css=("found.css",), js=("found.js",))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A passage that a question found; `relevance` is how likely it answers, 0..1."""

    id: str
    title: str
    text: str
    about: str
    relevance: float


def show_article(text: str, *, key: str) -> None:
    """Draw the Markdown of an article."""
    _ARTICLE(data={"blocks": article_blocks(text)}, key=key)


def show_findings(
    findings: Sequence[Finding], limit: float, *, key: str, on_choose: Callable[[str], None] | None = None
) -> None:
    """Draw passages with their relevance, the limit marked; choosing a title hands the id to `on_choose`."""

    def chosen() -> None:
        if on_choose is not None:
            on_choose(st.session_state[key].chosen)

    data = {"limit": limit, "rows": [asdict(one) for one in findings], "choosable": on_choose is not None}
    _FOUND(data=data, key=key, on_chosen_change=chosen)
