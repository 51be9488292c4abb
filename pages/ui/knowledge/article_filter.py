"""Which articles to list; the choice lives in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from agent import ArticleSummary
from pages.ui.knowledge.article_words import SOURCE, source_kind

ANY_AREA, ANY_KIND, ANY_SOURCE = "All areas", "All kinds", "All sources"
LIVE, STALE, REMOVED = "In use", "Stale", "Removed"
SHEET = "sheet"
SORTS: dict[str, Callable[[ArticleSummary], Any]] = {
    "Title": lambda _one: 0,
    "Most cited": lambda one: -one.cited,
    "Worst rated": lambda one: (one.rating is None, one.rating or 0.0, -one.ratings),
    "Longest unchecked": lambda one: one.updated or "9999",
}
FIELDS = {"find": "", "area": ANY_AREA, "kind": ANY_KIND, "source": ANY_SOURCE, "show": LIVE}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to list; "" and the first option of each mean no restriction."""

    search: str
    area: str | None
    kind: str | None
    source: str
    stale: bool
    removed: bool
    sort: str

    def narrowed(self, found: Sequence[ArticleSummary]) -> list[ArticleSummary]:
        """Those of the articles that the desk found that fit the rest, in order."""
        fit = [
            one
            for one in found
            if self.source in {ANY_SOURCE, SOURCE[source_kind(one.source)]} and (one.stale or not self.stale)
        ]
        return sorted(fit, key=SORTS[self.sort])


def ask_articles(known: Sequence[ArticleSummary]) -> Wanted:
    """Draw the filters; areas and kinds are those of the known articles."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="article_filters"):
        search = st.text_input(
            "Search",
            key="find",
            bind="query-params",
            placeholder="Words of title or text",
            type="search",
            width=170,
            max_chars=200,
            on_change=first_sheet,
        )
        area = _choose("Area", (ANY_AREA, *sorted({one.area for one in known})), key="area")
        kind = _choose("Kind", (ANY_KIND, *sorted({one.kind for one in known})), key="kind")
        source = _choose("From", (ANY_SOURCE, *SOURCE.values()), key="source", width=165)
        show = _choose("Show", (LIVE, STALE, REMOVED), key="show", width=110)
        sort = _choose("Order", tuple(SORTS), key="order", width=155)
        st.button("Clear", key="clear_articles", icon=":material/filter_alt_off:", on_click=clear_filter)
    return Wanted(
        search="".join(sign for sign in search or "" if sign.isprintable()).strip(),
        area=None if area == ANY_AREA else area,
        kind=None if kind == ANY_KIND else kind,
        source=source,
        stale=show == STALE,
        removed=show == REMOVED,
        sort=sort,
    )


def clear_filter() -> None:
    """Show everything again; a callback."""
    for name, value in FIELDS.items():
        st.session_state[name] = value
    first_sheet()


def first_sheet() -> None:
    """Begin at the first page; a callback."""
    st.session_state[SHEET] = 1


def _choose(label: str, options: tuple[str, ...], *, key: str, width: int = 135) -> str:
    chosen = st.selectbox(label, options, key=key, bind="query-params", width=width, on_change=first_sheet)
    return chosen if chosen in options else options[0]  # a widget's limits hold in the browser only
