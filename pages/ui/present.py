"""The present on a page: how long something still lasts, and when today something was."""

import time
from datetime import UTC, datetime

from agent import from_text


def is_past(text: str | None) -> bool:
    """Whether this time of the desk is over; no time is."""
    return text is None or seconds_left(text) <= 0


def seconds_left(text: str) -> float:
    """Seconds from now until this time of the desk; negative if it is past."""
    return from_text(text).timestamp() - time.time()


def at_time(text: str) -> str:
    """A time of the desk as "14:05 UTC" today, "20 Nov, 14:05 UTC" else."""
    then = from_text(text)
    today = datetime.fromtimestamp(time.time(), UTC).date()
    return then.strftime("%H:%M UTC") if then.date() == today else then.strftime("%-d %b, %H:%M UTC")
