"""Times and spans as people read them. The desk's times are UTC; components show the reader's own zone."""

from datetime import datetime

HOUR_S = 3600
DAY_S = 86400


def span(seconds: int) -> str:
    """How long, in at most two units: "45 min", "2 h 5 min", "3 days"."""
    minutes = abs(seconds) // 60
    if minutes < 1:
        return "under a minute"
    if abs(seconds) < HOUR_S:
        return f"{minutes} min"
    if abs(seconds) < 2 * DAY_S:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{abs(seconds) // DAY_S} days"


def moment(text: str) -> str:
    """A time of the desk as "21 Nov, 14:05 UTC"."""
    return datetime.fromisoformat(text).strftime("%-d %b, %H:%M UTC")


def day(text: str) -> str:
    """A time of the desk as "21 Nov 2026"."""
    return datetime.fromisoformat(text).strftime("%-d %b %Y")


def milliseconds(ms: float) -> str:
    """A duration as "12 ms" or "1.4 s"."""
    if ms >= 1000:  # noqa: PLR2004  from one second on, seconds read better
        return f"{ms / 1000:.1f} s"
    return f"{ms:.0f} ms" if ms >= 1 else "< 1 ms"
