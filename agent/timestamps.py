"""Times as text: UTC, ISO 8601, milliseconds, trailing Z; texts of this form sort as the times do."""

from datetime import UTC, datetime, timedelta


def to_text(moment: datetime) -> str:
    """The moment as `2026-11-21T07:30:00.000Z`; `moment` must be aware."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


def later(text: str, by: timedelta) -> str:
    """The time `by` after `text`, as text."""
    return to_text(from_text(text) + by)


def after_s(text: str, seconds: float) -> str:
    """The time so many seconds after `text`, as text."""
    return later(text, timedelta(seconds=seconds))


def seconds_between(earlier: str, later_text: str) -> float:
    """Seconds from `earlier` to `later_text`; negative if the order is the other way round."""
    return (from_text(later_text) - from_text(earlier)).total_seconds()


def for_people(text: str) -> str:
    """The time as a person reads it: `21 Nov 2026, 07:30 UTC`."""
    return from_text(text).strftime("%-d %b %Y, %H:%M UTC")
