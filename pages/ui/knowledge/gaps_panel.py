"""What customers ask and no article answers: one card for each group of questions."""

from itertools import zip_longest

import streamlit as st

from agent import ArticleView, Desk, DeskError, Gap, Identity
from pages.ui.blocks import facts, show_blocks, tags
from pages.ui.clock import moment
from pages.ui.history.history_panel import draw_sheets
from pages.ui.knowledge.article_words import title_of
from pages.ui.knowledge.asked_again_panel import in_a_sentence
from pages.ui.knowledge.gap_search import SPANS, USUAL, address_of, job_name, look_for_gaps
from pages.ui.knowledge.jobs import draw_waiting
from pages.ui.knowledge.knowledge_view import NEW, go_to, may_change
from pages.ui.plain_text import plain

CARDS = 8
SPAN = "asked"
SHEET = "sheet"
LATEST = 10
"""So many articles of this desk are looked at for what they have answered since."""


def draw_gaps(desk: Desk, identity: Identity) -> None:
    """The gaps of a span of time, the most frequent first, and what was closed."""
    span = st.segmented_control(
        "Asked within", list(SPANS), default=USUAL, key=SPAN, required=True, on_change=_first_sheet
    )
    span = span if span in SPANS else USUAL
    job = look_for_gaps(desk, span, identity.subject)
    if job is None or job.runs:
        draw_waiting(job_name(span), "Putting questions together.")
        return
    if job.problem:
        st.error(plain(job.problem), title="The gaps can't be shown", icon=":material/error:")
        return
    found: list[Gap] = job.result
    if not found:
        _draw_none()
    else:
        _draw_summary(found)
        sheet = draw_sheets(len(found), CARDS, key=SHEET)
        shown = found[(sheet - 1) * CARDS : sheet * CARDS]
        for pair in zip_longest(shown[::2], shown[1::2]):
            for column, gap in zip(st.columns(2, gap="small"), pair, strict=True):
                if gap is not None:
                    with column:
                        _draw_card(desk, identity, gap, span)
    _draw_closed(desk)


def _first_sheet() -> None:
    st.session_state[SHEET] = 1


def _draw_none() -> None:
    with st.container(border=True, key="empty_gaps"):
        st.markdown("**No gap: every question found an article.**")
        st.caption("Questions whose best article is not relevant enough are put together here by what they are about.")


def _draw_summary(found: list[Gap]) -> None:
    count = sum(gap.count for gap in found)
    groups = "1 group" if len(found) == 1 else f"{len(found):,} groups"
    st.caption(
        f"{count:,} question{'' if count == 1 else 's'} in {groups}: their best article was not relevant enough, "
        "so a person had to answer. The most frequent come first."
    )


def _draw_card(desk: Desk, identity: Identity, gap: Gap, span: str) -> None:
    nearest = _nearest(desk, gap)
    with st.container(border=True, key=f"gap-{gap.gap_id}", gap="xsmall"):
        st.markdown(f"**{plain(gap.name)}**")
        asked = "asked once" if gap.count == 1 else f"asked {gap.count:,} times"
        show_blocks(
            [
                tags([(asked, "accent"), *((word, "") for word in gap.words)]),
                facts(
                    [
                        (
                            "Mean relevance",
                            f"{gap.mean_relevance:.2f} (an answer needs {desk.policy.min_relevance:.2f})",
                        ),
                        ("Last asked", moment(gap.last_asked)),
                        ("Nearest article", title_of(nearest) if nearest else "none"),
                    ]
                ),
            ],
            key=f"gap_facts-{gap.gap_id}",
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if may_change(identity):
                st.button(
                    "Write an article for it",
                    key=f"write-{gap.gap_id}",
                    icon=":material/edit_note:",
                    on_click=go_to,
                    args=("drafts",),
                    kwargs={"draft": NEW, "gap": address_of(span, gap)},
                )
            if nearest:
                st.button(
                    "Open the nearest",
                    key=f"nearest-{gap.gap_id}",
                    icon=":material/article:",
                    on_click=go_to,
                    args=("articles",),
                    kwargs={"article": nearest.article_id},
                )
        examples = st.expander("Examples", key=f"examples-{gap.gap_id}", on_change="rerun")
        if examples.open:
            with examples:
                draw_examples(gap)


def draw_examples(gap: Gap) -> None:
    """Questions of the gap in the customers' words, each with the way to its conversation."""
    for number, example in enumerate(gap.examples):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ex-{gap.gap_id}-{number}"):
            st.text(example.text, width="stretch")
            st.page_link(
                "pages/live_desk.py",
                label="Conversation",
                icon=":material/forum:",
                query_params={"thread": example.thread_id},
                width="content",
            )
    rest = gap.count - len(gap.examples)
    if rest > 0:
        st.caption(f"And {rest:,} more like {'it' if len(gap.examples) == 1 else 'these'}.")


def _nearest(desk: Desk, gap: Gap) -> ArticleView | None:
    try:
        return desk.library.article(gap.best_article) if gap.best_article else None
    except DeskError:
        return None  # it left since


def _draw_closed(desk: Desk) -> None:
    """What articles of this desk answer by now that nobody answered before."""
    written = [one for one in desk.library.articles() if one.source == "desk"]
    latest = sorted(written, key=lambda one: one.updated, reverse=True)[:LATEST]
    closed = [(one, desk.library.asked_again(one.article_id)) for one in latest]
    shown = [(one, asked) for one, asked in closed if asked.asked]
    if not shown:
        return
    st.header("Answered by now", anchor=False)
    for one, asked in shown:
        with st.container(border=True, key=f"closed-{one.article_id}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(
                    f"**{asked.answered_after:,} of {asked.asked:,} answered now** · {plain(title_of(one))}",
                    width="stretch",
                )
                st.button(
                    "Open",
                    key=f"open_closed-{one.article_id}",
                    help=f"Open the article: {plain(title_of(one))}",
                    on_click=go_to,
                    args=("articles",),
                    kwargs={"article": one.article_id},
                )
            st.caption(in_a_sentence(asked))
