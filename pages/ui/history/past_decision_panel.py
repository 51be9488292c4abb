"""One past decision: what was shown, what was decided on it, and what came of it."""

from collections.abc import Callable

import streamlit as st

from agent import Desk, DeskError, PastDecision, Review, digest
from pages.ui.blocks import Block, Tone, facts, heading, note, quote, show_blocks, table
from pages.ui.clock import moment, span
from pages.ui.history.history_words import ACTION_TONE, done, is_revealed_check, looked, reason, seat, who
from pages.ui.history.records import show_digest
from pages.ui.history.timeline_panel import draw_timeline
from pages.ui.knowledge.article_link import draw_article_link
from pages.ui.plain_text import plain
from pages.ui.review.evidence import headline
from pages.ui.review.frozen_card import frozen_blocks
from pages.ui.review.what_if_panel import draw_what_if
from pages.ui.words import ADVICE_TONE

INTACT = "The stored evidence is exactly what was shown then: its digest is the same."
CHANGED = "The stored evidence is NOT what was shown then. Do not rely on it, and verify the audit chain."


def draw_past_decision(desk: Desk, past: PastDecision, on_close: Callable[[None], None]) -> None:
    """The evidence on the left, the decision on the right; below it what happened, and what if."""
    try:
        review = desk.review(past.decision.review_id)
        told = _told(desk, past, review)
    except DeskError as error:
        st.warning(plain(str(error)), title="This decision can't be shown", icon=":material/link_off:")
        return
    with st.container(border=True, key="past_decision"):
        _draw_head(past, review, on_close)
        left, right = st.columns([0.62, 0.38], gap="medium")
        with left:
            st.markdown("**The evidence as it was shown**")
            show_blocks(frozen_blocks(review), key="past_evidence_blocks", card=review.review_id)
        with right:
            st.markdown("**The decision**")
            show_blocks(decision_blocks(past, told), key="past_outcome_blocks")
            show_digest("Digest of what was shown", past.decision.payload_sha256, key="past_digest")
            intact = is_intact(past, review)
            show_blocks([note(INTACT if intact else CHANGED, "good" if intact else "bad")], key="past_intact")
        _draw_more(desk, past, review)


def is_intact(past: PastDecision, review: Review) -> bool:
    """Whether the evidence that is stored now is the one that the decision was taken on."""
    return digest(review.payload) == past.decision.payload_sha256


def decision_blocks(past: PastDecision, told: str) -> list[Block]:
    """Who, when, how carefully; what was changed, noted, and told to the customer."""
    decision = past.decision
    rows: list[tuple[str, str] | tuple[str, str, Tone]] = [
        ("Decided", done(past), "soft" if past.withdrawn_at else ACTION_TONE.get(decision.action, "soft")),
        ("Amount", str(decision.amount or "")),
        ("Reason", reason(past)),
        ("By", f"{decision.subject} ({who(past)})"),
        ("Seat", seat(past)),
        ("At", moment(decision.decided_at)),
        ("Called back", moment(past.withdrawn_at) if past.withdrawn_at else "no"),
        ("Rule said", past.recommendation, ADVICE_TONE[past.recommendation]),
        ("Had waited", span(int(past.waited_s))),
        ("Looked at it", looked(past.looked_s)),
        ("Check case", _check(past)),
    ]
    blocks = [facts([row for row in rows if row[1]])]
    if decision.changes:
        changed = [(change.what, change.before or "nothing", change.after) for change in decision.changes]
        blocks.append(table("What was changed", ("Changed", "Before", "After"), changed))
    if decision.note:
        blocks += [heading("Note for the record"), quote(decision.note)]
    return [*blocks, heading("What the customer was told"), *_said(past, told)]


def _said(past: PastDecision, told: str) -> list[Block]:
    if past.withdrawn_at:
        return [note("Nothing: the decision was called back before it was carried out.", "soft")]
    if is_revealed_check(past):
        return [note("Nothing: a check case has no customer.", "soft")]
    return [quote(told)] if told else [note("Nothing yet.", "soft")]


def _check(past: PastDecision) -> str:
    if not is_revealed_check(past):
        return ""
    return "missed: it had to be denied" if past.decision.action in {"approve", "edit"} else "caught"


def _told(desk: Desk, past: PastDecision, review: Review) -> str:
    """What was said in the turn of this review, once it was carried out; raises UnknownThreadError."""
    if past.withdrawn_at or review.status != "applied":
        return ""
    turns = desk.thread(review.thread_id).turns
    record = next((turn.record for turn in turns if turn.turn_id == review.turn_id), {})
    return str(record.get("reply") or past.decision.reply or "")


def _draw_head(past: PastDecision, review: Review, on_close: Callable[[None], None]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(plain(f"{headline(review)}: {done(past)} by {past.decision.subject}"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            draw_article_link(review)
            st.page_link(
                "pages/live_desk.py",
                label="Conversation",
                icon=":material/forum:",
                query_params={"thread": past.thread_id},
            )
            st.button("Close", key="close_past", icon=":material/close:", on_click=on_close, args=(None,))


def _draw_more(desk: Desk, past: PastDecision, review: Review) -> None:
    timeline = st.expander("What happened in this conversation", key="past_timeline", on_change="rerun")
    if timeline.open:
        with timeline:
            draw_timeline(desk, past.thread_id, key="past_timeline_list")
    if past.is_check_case:
        return
    what_if = st.expander("What if it had been decided otherwise?", key="past_what_if", on_change="rerun")
    if what_if.open:
        with what_if:
            draw_what_if(desk, review)
