"""What reviewers notice wherever they are: a badge on Approvals, and a word when something new waits."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from agent import Desk, QueueFilter, ReviewSummary, subject_key
from pages.ui.access.identity import current_identity
from pages.ui.access.sign_in import recheck
from pages.ui.fragments import fragment
from pages.ui.live.live_thread import live_thread
from pages.ui.plain_text import plain
from pages.ui.present import is_past
from pages.ui.words import REVIEW_KIND

WATCH = "queue_watch"
BADGE = "badge_count"
NEWEST = 20
SAID_AT_ONCE = 3
HOUR_S = 3600
MARGIN_S = 60
"""How much further back than the last look is looked: clocks of several machines differ."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """The last look: the figure by which changes are noticed, when it was (monotonic), and what was known already."""

    seq: int
    at: float
    known: frozenset[str]


def badge(desk: Desk) -> str:
    """The page's title with the number of waiting reviews."""
    count = desk.queue_counts().pending
    st.session_state[BADGE] = count
    return f"Approvals :orange-badge[{count}]" if count else "Approvals"


@fragment(run_every=1.0)
def watch_queue(desk: Desk) -> None:
    """Say what is new since the last look, and bring the badge up to date."""
    recheck()
    counts = desk.queue_counts()
    before: Watch | None = st.session_state.get(WATCH)
    # a first decision that can still be called back asks nobody for a second one, and ends without a new entry
    if before is None or before.seq != counts.latest_seq or _waits_for_second(desk, before):
        _look(desk, before, counts.latest_seq)
    if st.session_state.get(BADGE) != counts.pending:
        st.rerun()


def _waits_for_second(desk: Desk, before: Watch) -> bool:
    return any(_name(row) not in before.known for row in _second(desk))


def _look(desk: Desk, before: Watch | None, seq: int) -> None:
    now = time.monotonic()
    hours = ((now - before.at if before else 0) + MARGIN_S) / HOUR_S
    rows = [*desk.queue(QueueFilter(statuses=("pending",), max_age_h=hours), limit=NEWEST), *_second(desk)]
    known = before.known if before else frozenset()
    if before is not None:
        _say([row for row in rows if _name(row) not in known and not _is_own(row)])
    st.session_state[WATCH] = Watch(seq=seq, at=now, known=known | {_name(row) for row in rows})


def _second(desk: Desk) -> list[ReviewSummary]:
    rows = desk.queue(QueueFilter(statuses=("awaiting_second",)), limit=NEWEST)
    return [row for row in rows if is_past(row.held_until)]


def _name(row: ReviewSummary) -> str:
    return f"{row.status} {row.review_id}"


def _is_own(row: ReviewSummary) -> bool:
    """Whether this person caused it: by approving first, or by writing as the customer of the open conversation."""
    first = subject_key(row.decided_by or "") == subject_key(current_identity().subject)
    return first or row.thread_id == live_thread().thread_id


def _say(rows: Iterable[ReviewSummary]) -> None:
    fresh = list(rows)
    for row in fresh[:SAID_AT_ONCE]:
        what = f"Refund of {row.amount}" if row.amount else REVIEW_KIND[row.kind].capitalize()
        needs = "needs a second person" if row.status == "awaiting_second" else "waits for a decision"
        st.toast(f"{plain(what)} {needs}", icon=":material/notifications:")
    if len(fresh) > SAID_AT_ONCE:
        st.toast(f"{len(fresh) - SAID_AT_ONCE} more wait for a decision", icon=":material/notifications:")
