"""Groups of open refunds that the rules judge alike, and what differs within one."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from agent import Desk, DeskError, Money, QueueCounts, ReviewSummary
from agent import model as desk_model
from pages.ui.clock import span

FRESH_S = 5.0
"""Claims do not change the figures by which a new reading is noticed, so that a group is read again after this time."""
DELIVERED = "batch_delivered"
MINUTE_S = 60


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A cell; `differs` if most of the group say something else, `note` what to look out for."""

    text: str
    differs: bool = False
    note: str = ""


COLUMNS = ("Customer", "Order", "Amount", "In their words", "Delivered", "Waits")


def read_groups(desk: Desk, counts: QueueCounts) -> tuple[desk_model.LookAlikes, ...]:
    """The groups, the largest first; one reading serves all sessions as long as nothing changed."""
    return _read(desk, str(desk.home), counts.latest_seq)


@st.cache_resource(ttl=FRESH_S, max_entries=4, show_spinner=False)
def _read(_desk: Desk, _home: str, _seq: int) -> tuple[desk_model.LookAlikes, ...]:
    return tuple(_desk.workbench.look_alikes())


def short_name(key: str) -> str:
    """The name of a group in an address."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]


def band(key: str) -> str:
    """Which amounts a group holds, in words: "up to 50", "over 500"."""
    limit = key.split("|")[1].rpartition("<=")[2]
    return "over 500" if limit == "more" else f"up to {limit}"


def total(rows: Sequence[ReviewSummary]) -> Money:
    """The sum of what the rows ask for; a group has one currency."""
    amounts = [row.amount for row in rows if row.amount]
    currency = amounts[0].currency if amounts else "USD"
    return Money(minor=sum(amount.minor for amount in amounts), currency=currency)


def facts_of(desk: Desk, rows: Sequence[ReviewSummary]) -> list[list[Fact]]:
    """What the rows say, column by column as in `COLUMNS`, with what stands out."""
    cells = [
        [
            row.requester,
            row.order_number or "unknown",
            str(row.amount or "unknown"),
            row.request,
            _delivered(desk, row),
            span(row.age_s // MINUTE_S * MINUTE_S),
        ]
        for row in rows
    ]
    usual = [_usual(column) for column in zip(*cells, strict=True)]
    orders = Counter(row.order_number for row in rows if row.order_number)
    return [
        [
            Fact(
                text=text,
                differs=common is not None and text != common,
                note=f"{orders[text]} times here" if name == "Order" and orders[text] > 1 else "",
            )
            for name, text, common in zip(COLUMNS, line, usual, strict=True)
        ]
        for line in cells
    ]


def _usual(column: Sequence[str]) -> str | None:
    """What more than half of a column says; None if nothing is that usual."""
    text, count = Counter(column).most_common(1)[0]
    return text if count * 2 > len(column) else None


def _delivered(desk: Desk, row: ReviewSummary) -> str:
    """How long ago the goods came. Evidence never changes, so that each review is read once a session."""
    known: dict[str, str] = st.session_state.setdefault(DELIVERED, {})
    if row.payload_sha256 + row.review_id not in known:
        try:
            refund = desk.review(row.review_id).evidence.refund
        except DeskError:
            return "unknown"
        days = refund.days_since_delivery if refund else None
        known[row.payload_sha256 + row.review_id] = (
            "unknown" if days is None else f"{days} day{'' if days == 1 else 's'} ago"
        )
    return known[row.payload_sha256 + row.review_id]
