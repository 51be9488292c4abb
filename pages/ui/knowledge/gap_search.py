"""What customers ask in vain, worked out in the background: the first time, every question has to be read."""

import time
from datetime import UTC, datetime, timedelta

from agent import Desk, Gap, to_text
from pages.ui.knowledge.jobs import Job, jobs

SPANS = {"30 days": 30, "90 days": 90, "All": None}
USUAL = "90 days"
FRESH_S = 60.0
PATIENCE_S = 2.0
"""So long a page waits before it shows how far it is instead."""


def job_name(span: str) -> str:
    """What the work for this span is called."""
    return f"gaps:{span}"


def look_for_gaps(desk: Desk, span: str, by: str) -> Job | None:
    """The latest look for gaps, begun anew if it is old; None if there was none and another just ended."""
    name = job_name(span)
    job = jobs().latest(name)
    if job is None or (not job.runs and job.age_s > FRESH_S):
        jobs().start(name, by, lambda tell: desk.library.gaps(_since(span), tell))
        job = jobs().latest(name)
        if job is not None:
            job.wait(PATIENCE_S)
    return job


def forget_gaps() -> None:
    """Look anew the next time: an article came that may answer some."""
    for span in SPANS:
        jobs().forget(job_name(span))


def address_of(span: str, gap: Gap) -> str:
    """What the address calls a gap, and where to look for it."""
    return f"{gap.gap_id}@{span}"


def span_of(address: str) -> str | None:
    """The span that an address names; None if it names none."""
    span = address.partition("@")[2]
    return span if span in SPANS else None


def gap_of(job: Job, address: str) -> Gap | None:
    """The gap that an address names, among those that were found."""
    wanted = address.partition("@")[0]
    return next((gap for gap in job.result or () if gap.gap_id == wanted), None)


def _since(span: str) -> str | None:
    days = SPANS[span]
    if days is None:
        return None
    return to_text(datetime.fromtimestamp(time.time(), UTC) - timedelta(days=days))
