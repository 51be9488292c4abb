"""Days, weeks and months of a time zone as instants: a day has 23, 24 or 25 hours there."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from agent.errors import InvalidFilterError

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Days that figures can be asked of; beyond them no desk has any, and the calendar itself ends."""

Step = Literal["day", "week", "month"]
Instants = npt.NDArray[np.datetime64]

MOST_DAYS, MOST_WEEKS = 31, 400
"""Days up to which a course has a point a day, a point a week; longer ones have a point a month."""


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; raises InvalidFilterError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"There is no time zone {name!r}. Nothing was counted; use a name like Europe/Berlin."
        raise InvalidFilterError(message) from error


def refuse_span(since: date | None, until: date | None) -> None:
    """Raise InvalidFilterError for days that lie the wrong way round or beyond all figures; None is no end."""
    for day in (since, until):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            message = f"Days lie from {FIRST_DAY} to {LAST_DAY}, and {day} does not. Nothing was counted; change it."
            raise InvalidFilterError(message)
    if since is not None and until is not None and since > until:
        message = f"The first day, {since}, lies after the last, {until}. Nothing was counted; change one of them."
        raise InvalidFilterError(message)


def midnight(day: date, zone: ZoneInfo) -> np.datetime64:
    """When the day begins in the zone, as an instant in UTC."""
    local = datetime.combine(day, time(), tzinfo=zone)
    return np.datetime64(local.astimezone(UTC).replace(tzinfo=None), "us")


def step_for(since: date, until: date) -> Step:
    """How finely a span is drawn."""
    days = (until - since).days + 1
    if days <= MOST_DAYS:
        return "day"
    return "week" if days <= MOST_WEEKS else "month"


def starts(since: date, until: date, step: Step) -> list[date]:
    """The first days of all days, weeks (from Monday) or months that the span touches."""
    if step == "month":
        months = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
        return [date(month // 12, month % 12 + 1, 1) for month in months]
    length = 1 if step == "day" else 7
    first = since if step == "day" else since - timedelta(days=since.weekday())
    return [first + timedelta(days=offset) for offset in range(0, (until - first).days + 1, length)]


def edges(days: Sequence[date], zone: ZoneInfo) -> Instants:
    """The beginnings of these days as instants, in order."""
    return np.array([midnight(day, zone) for day in days], dtype="datetime64[us]")
