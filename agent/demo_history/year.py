"""The made-up year: how busy each hour was, what went wrong when, and which policy was in force."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from agent.policy import Policy
from agent.timestamps import to_text

DAYS = 365
HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
END = DAYS * DAY_S

# shares of the year and lengths; they lie apart from each other, so that each can be seen alone
STRIKE_AT, STRIKE_DAYS = 0.27, 9
ARTICLES_AT = 0.46
RELEASE_AT, RELEASE_DAYS = 0.58, 21
REMOTE_AT = 0.7
OUTAGE_AT, OUTAGE_HOUR, OUTAGE_HOURS = 0.83, 13, 6

V1 = Policy()
V2 = Policy(version=2, min_relevance=0.55)
V3 = Policy(version=3, soft_review_margin=0.02)
"""The bad release let answers through that were likelier to be wrong; the one after it has close calls checked."""

GROWTH = (0.72, 1.28)
MONTHS = (1.35, 0.98, 0.97, 1.0, 1.0, 0.95, 0.8, 0.78, 0.98, 1.02, 1.3, 1.6)
WEEKDAYS = (1.2, 1.08, 1.03, 1.02, 1.0, 0.78, 0.74)
HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 12, 11, 11, 11, 10, 10, 11, 13, 14, 12, 8, 4)
STRIKE_LOAD, OUTAGE_LOAD = 1.35, 5.0


@dataclass(frozen=True)
class Year:
    """The 365 days before `until`. Moments are seconds since it began, up to END."""

    until: datetime
    begin: datetime = field(init=False)

    def __post_init__(self) -> None:
        """The first moment follows from the last."""
        object.__setattr__(self, "begin", self.until - timedelta(days=DAYS))

    def text(self, moment: float) -> str:
        """The moment as the tables keep it; ten times faster than by way of a datetime."""
        seconds, ms = divmod(int((moment + self._first_s) * 1000), 1000)
        days, seconds = divmod(seconds, 86_400)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{self._days[days]}{hours:02}:{minutes:02}:{seconds:02}.{ms:03}Z"

    @cached_property
    def _first_s(self) -> float:
        """Seconds from midnight to the first moment of the year."""
        return (self.begin - self.begin.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()

    @cached_property
    def _days(self) -> list[str]:
        """How the text of a moment on each day begins."""
        return [to_text(self.begin + timedelta(days=day))[:11] for day in range(DAYS + 3)]

    def share(self, moment: float) -> float:
        """How much of the year is over, 0..1."""
        return moment / END

    @cached_property
    def outage(self) -> tuple[float, float]:
        """When payments were out, from and to."""
        day = self.begin + timedelta(days=int(OUTAGE_AT * DAYS))
        start = (day.replace(hour=OUTAGE_HOUR, minute=0, second=0, microsecond=0) - self.begin).total_seconds()
        return start, start + OUTAGE_HOURS * HOUR_S

    def in_strike(self, moment: float, days_after: float = 0.0) -> bool:
        """Whether the carriers were on strike, or had been up to so many days before."""
        return STRIKE_AT * END <= moment < STRIKE_AT * END + (STRIKE_DAYS + days_after) * DAY_S

    def in_outage(self, moment: float, hours_after: float = 0.0) -> bool:
        """Whether payments were out, or had been up to so many hours before."""
        return self.outage[0] <= moment < self.outage[1] + hours_after * HOUR_S

    def month(self, moment: float) -> int:
        """The month, 1..12."""
        return (self.begin + timedelta(seconds=moment)).month

    def hour(self, moment: float) -> int:
        """The hour of the day, 0..23, UTC."""
        return (self.begin + timedelta(seconds=moment)).hour

    def policy(self, moment: float) -> Policy:
        """The policy in force."""
        if moment < RELEASE_AT * END:
            return V1
        return V2 if moment < RELEASE_AT * END + RELEASE_DAYS * DAY_S else V3

    def articles_came(self, moment: float) -> bool:
        """Whether the two articles of mid-year were there."""
        return moment >= ARTICLES_AT * END

    def is_remote(self, moment: float) -> bool:
        """Whether a remote engine did the language tasks."""
        return moment >= REMOTE_AT * END

    def begun(self, month: int, day: int) -> float:
        """The moment at which this day of the calendar began within the year."""
        for year in (self.begin.year, self.until.year):
            start = (datetime(year, month, day, tzinfo=self.until.tzinfo) - self.begin).total_seconds()
            if 0 <= start < END:
                return start
        return 0.0

    def starts(self, count: int, generator: np.random.Generator) -> npt.NDArray[np.float64]:
        """When conversations begin: `count` moments in order, following season, week, day and incidents."""
        busy = np.cumsum([self._load(hour) for hour in range(DAYS * 24)])
        places = np.sort(generator.random(count)) * busy[-1]
        hours = np.searchsorted(busy, places, side="right")
        # half an hour is left at the end, so that the last conversation can still be answered
        begun: npt.NDArray[np.float64] = np.sort((hours + generator.random(count)) * HOUR_S)
        return np.minimum(begun, END - HOUR_S / 2)

    def _load(self, hour: int) -> float:
        moment = hour * HOUR_S
        now = self.begin + timedelta(hours=hour)
        low, high = GROWTH
        load = (low + (high - low) * self.share(moment)) * MONTHS[now.month - 1] * WEEKDAYS[now.weekday()]
        load *= HOURS[now.hour]
        if self.in_strike(moment):
            load *= STRIKE_LOAD
        return load * OUTAGE_LOAD if self.in_outage(moment) else load
