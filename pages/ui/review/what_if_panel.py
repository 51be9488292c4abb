"""What if: the way that another decision would have taken, beside the one that was taken."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

import streamlit as st

from agent import Decision, Desk, DeskError, Event, Money, Review, ThreadView, WhatIf
from pages.ui.blocks import Block, facts, heading, note, quote, show_blocks
from pages.ui.graph.component import show_graph
from pages.ui.graph.trace import frames_of
from pages.ui.plain_text import plain
from pages.ui.words import ACTION_DONE, DENIAL_REASON, THREAD_STATUS, in_words

SHOWN = "what_if_shown"
ACTIONS = ("approve", "deny", "edit", "respond", "take-over")
BESIDE_FROM = 300
"""Pixels for each of the two ways; below 470 the graph shows itself as a list of steps."""
NOTHING_CHANGED = "This was tried on a copy. Nothing was paid, sent or changed."


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was tried last in this session: on which review, decided how; a new `nonce` replays the drawing."""

    review_id: str
    decided: str | None
    nonce: str
    result: WhatIf | None = None
    problem: str = ""


def draw_what_if(desk: Desk, review: Review) -> None:
    """The question, and once it is asked both ways beside each other. Nothing that is done here changes anything."""
    with st.container(border=True, key="what_if"):
        st.markdown("**What if?**")
        action = st.selectbox(
            "What if it is" if review.is_open else "What if it had been",
            other_actions(review),
            key=_key(review, "action"),
            format_func=lambda action: _done(review, action),
        )
        _ask_details(review, action)
        st.button(
            "Show what would have happened",
            key=_key(review, "show"),
            icon=":material/alt_route:",
            on_click=_try,
            args=(desk, review),
        )
        shown: Shown | None = st.session_state.get(SHOWN)
        if shown is None or (shown.review_id, shown.decided) != (review.review_id, review.decided_action):
            st.caption("It is tried on a copy, through the real steps. Nothing is paid, sent or changed.")
        elif shown.result is None:
            st.error(plain(shown.problem), icon=":material/error:")
        else:
            _draw_both(desk, review, shown.result, shown.nonce)


def other_actions(review: Review) -> list[str]:
    """The ways to decide that were not taken."""
    return [action for action in ACTIONS if action != review.decided_action]


def _key(review: Review, field: str) -> str:
    return f"what-if-{field}-{review.decided_action}-{review.review_id}"


def _done(review: Review, action: str) -> str:
    return "rejected" if action == "deny" and review.kind != "refund" else ACTION_DONE.get(action, in_words(action))


def _ask_details(review: Review, action: str) -> None:
    if action == "deny" and review.kind == "refund":
        st.selectbox("Reason", list(DENIAL_REASON), key=_key(review, "reason"), format_func=DENIAL_REASON.__getitem__)
        if st.session_state[_key(review, "reason")] == "other":
            st.text_input("Say why", key=_key(review, "note"), max_chars=1000)
    if action == "edit" and review.amount is not None:
        st.number_input(
            f"Amount in {review.amount.currency}",
            min_value=0.01,
            value=float(review.amount.amount),
            step=1.0,
            format="%.2f",
            key=_key(review, "amount"),
        )
    if action in {"edit", "respond"} and (review.kind != "refund" or action == "respond"):
        st.text_area(
            "Reply to the customer", value=review.evidence.draft, key=_key(review, "reply"), height=100, max_chars=4000
        )


def _try(desk: Desk, review: Review) -> None:
    result, problem = None, ""
    try:
        result = desk.what_if(review.review_id, _wanted(review))
    except (DeskError, ValueError) as error:
        problem = str(error)
    st.session_state[SHOWN] = Shown(
        review_id=review.review_id, decided=review.decided_action, nonce=uuid4().hex, result=result, problem=problem
    )


def _wanted(review: Review) -> Decision:
    """The decision as it stands in the form; raises ValueError if it is none."""
    action = st.session_state[_key(review, "action")]
    fields = {"deny": ("reason", "note"), "edit": ("amount", "reply"), "respond": ("reply",)}.get(action, ())
    wanted: dict[str, Any] = {name: st.session_state.get(_key(review, name)) for name in fields}
    if wanted.get("amount") is not None and review.amount is not None:
        wanted["amount"] = _money(wanted["amount"], review.amount.currency)
    given = {name: value for name, value in wanted.items() if value}
    return Decision.model_validate({"action": action, "seen_sha256": review.payload_sha256, **given})


def _money(typed: float, currency: str) -> Money:
    if not math.isfinite(typed):
        message = "This is no amount. Nothing was tried."
        raise ValueError(message)
    return Money.of(Decimal(str(typed)), currency)


def _draw_both(desk: Desk, review: Review, result: WhatIf, nonce: str) -> None:
    try:
        view, events = desk.thread(review.thread_id), _events(desk, review)
    except DeskError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.info(NOTHING_CHANGED, icon=":material/science:")
    with st.grid(2, min_column_width=BESIDE_FROM, gap="small"):
        with st.container(key="what_happened"):
            st.subheader("What happened so far" if review.is_open else "What happened", anchor=False)
            _draw_way(desk, review, events, known_seq=events[-1].seq if events else 0, name="happened", nonce="")
            show_blocks(happened_blocks(review, view, events), key="what_happened_blocks")
        with st.container(key="what_would_have_happened"):
            st.subheader("What would have happened", anchor=False)
            _draw_way(desk, review, result.events, known_seq=result.shared_seq, name="would", nonce=nonce)
            show_blocks(would_blocks(review, result), key="what_would_blocks")


def _events(desk: Desk, review: Review) -> list[Event]:
    """All that happened in the review's turn."""
    found: list[Event] = []
    after = 0
    while page := desk.events(review.thread_id, after=after):
        found += [event for event in page if event.turn_id == review.turn_id]
        after = page[-1].seq
    return found


def _draw_way(desk: Desk, review: Review, events: Sequence[Event], *, known_seq: int, name: str, nonce: str) -> None:
    show_graph(
        desk.structure,
        frames_of(desk.structure, events, review.turn_id),
        turn_id=f"{review.turn_id}:{nonce}",
        known_seq=known_seq,
        selected=None,
        summary="What happened" if name == "happened" else "What would have happened",
        key=f"what_if_graph_{name}",
        on_select=lambda: None,
    )


def happened_blocks(review: Review, view: ThreadView, events: Sequence[Event]) -> list[Block]:
    """What the turn really led to so far."""
    turn = next((turn for turn in view.turns if turn.turn_id == review.turn_id), None)
    record = turn.record if turn else {}
    outcome = record.get("action_result") or ("not decided yet" if review.is_open else "being carried out")
    paid = next((event.payload["action_result"] for event in events if event.type == "REFUND_ISSUED"), None)
    rows = [
        ("Decision", "still open" if review.is_open else _done(review, str(review.decided_action))),
        ("Outcome", outcome),
        ("Money", f"{str(paid).removeprefix('Refund issued: ')} was paid" if paid else "Nothing was paid"),
        ("Ticket", record.get("ticket") or "none"),
    ]
    if view.turns and turn is view.turns[-1]:  # the thread's state is this turn's only while no other followed
        rows.append(("Conversation", _status(view.thread.status)))
    reply = record.get("reply")
    return [facts(rows), heading("What the customer was told"), quote(reply) if reply else note("Nothing", "soft")]


def would_blocks(review: Review, result: WhatIf) -> list[Block]:
    """What the turn would have led to."""
    paid = ", ".join(str(payment.amount) for payment in result.payments)
    opened = ", ".join(ticket.number for ticket in result.tickets) or review.evidence.ticket_number
    blocks = [
        facts(
            [
                ("Decision", _done(review, result.hypothetical.action)),
                ("Outcome", result.action_result),
                ("Money", f"{paid} would have been paid" if paid else "Nothing would have been paid"),
                ("Ticket", opened or "none"),
                ("Conversation", _status(result.status)),
            ]
        ),
        heading("What the customer would have been told"),
        quote(result.reply),
    ]
    if result.payments or result.tickets:
        blocks.append(note("Numbers with DRY stand for those that would have been given.", "soft"))
    return blocks


def _status(status: str) -> str:
    return THREAD_STATUS[status][0] if status in THREAD_STATUS else in_words(status.lower())
