"""Which look-alikes are about to be decided together, and what became of those that were."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from agent import Decision, Desk, DeskError, ReviewSummary
from pages.ui.access.identity import current_identity
from pages.ui.queue.batch_groups import total
from pages.ui.queue.queue_panels import forget_counts
from pages.ui.queue.undo_list import line
from pages.ui.review.decision_form import ARMED_AFTER_S

PREPARED = "batch_prepared"
DEEDS = "batch_deeds"
REASON = "batch_reason"
NOTE = "batch_note"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What a confirmation will decide: exactly the reviews and the evidence that were on the screen when it opened."""

    key: str
    action: str
    seen: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    total: str
    opened_at: float
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What became of one review; `problem` says why it was not decided, or not undone."""

    review_id: str
    line: str
    decided: bool
    problem: str = ""


def prepared() -> Prepared | None:
    """The confirmation that is open."""
    waiting: Prepared | None = st.session_state.get(PREPARED)
    return waiting


def deeds() -> tuple[Deed, ...]:
    """What the last batch of this session led to."""
    done: tuple[Deed, ...] = st.session_state.get(DEEDS, ())
    return done


def prepare_batch(key: str, action: str, rows: Sequence[ReviewSummary]) -> None:
    """Open the confirmation for these rows; a callback."""
    if not rows:
        return
    st.session_state[PREPARED] = Prepared(
        key=key,
        action=action,
        seen=tuple((row.review_id, row.payload_sha256) for row in rows),
        lines=tuple(line(row) for row in rows),
        total=str(total(rows)),
        opened_at=time.monotonic(),
    )
    st.session_state.pop(DEEDS, None)


def put_batch_away() -> None:
    """Close the confirmation; nothing is decided."""
    st.session_state.pop(PREPARED, None)


def forget_deeds() -> None:
    """Take the results of the last batch away."""
    st.session_state.pop(DEEDS, None)


def submit_batch(desk: Desk) -> None:
    """Hand the prepared batch to the desk, once; one that was just opened or is gone does nothing."""
    batch = prepared()
    if batch is None:
        return
    if time.monotonic() - batch.opened_at < ARMED_AFTER_S:
        _keep_open(batch, "That click came with the one before. Nothing was decided; confirm again.")
        return
    wanted: dict[str, Any] = {"action": batch.action}
    if batch.action == "deny":
        wanted |= {"reason": st.session_state.get(REASON), "note": (st.session_state.get(NOTE) or "").strip()}
        if wanted["reason"] is None:
            _keep_open(batch, "Choose a reason first. Nothing was decided.")
            return
    try:
        outcomes = desk.workbench.decide_batch(
            batch.key, batch.seen, Decision.model_validate(wanted), current_identity()
        )
    except (DeskError, ValueError) as error:
        _keep_open(batch, str(error))
        return
    forget_counts()
    lines = dict(zip((review_id for review_id, _sha256 in batch.seen), batch.lines, strict=True))
    st.session_state[DEEDS] = tuple(
        Deed(
            review_id=each.review_id,
            line=lines[each.review_id],
            decided=each.error is None,
            problem=each.error or "",
        )
        for each in outcomes
    )
    put_batch_away()


def undo_all(desk: Desk, review_ids: Sequence[str]) -> None:
    """Call back whatever still can be; what cannot says why."""
    forget_counts()
    problems: dict[str, str] = {}
    for review_id in review_ids:
        try:
            desk.workbench.call_back(review_id, current_identity())
        except DeskError as error:
            problems[review_id] = str(error)
    st.session_state[DEEDS] = tuple(
        replace(deed, problem=problems.get(deed.review_id, deed.problem)) for deed in deeds()
    )


def _keep_open(batch: Prepared, problem: str) -> None:
    st.session_state[PREPARED] = replace(batch, problem=problem)
