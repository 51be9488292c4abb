"""Outages: what fails again and again is told once when it begins, and once when it is over."""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock

from agent.errors import DeskError, StorageError

logger = logging.getLogger(__name__)

STORAGE = "storage"
"""What everything that cannot reach a database fails of, however many things these are."""

CALM_S = 2.0
"""How long nothing may fail before it is over: a server that starts up lets some in before others."""


@dataclass
class _Trouble:
    """One cause that lasts."""

    since: float
    failing: set[str] = field(default_factory=set)
    tries: int = 0
    calm_since: float | None = None
    """When the last thing that failed went well again."""

    def note_well(self, activity: str, now: float) -> bool:
        """Whether it is over, not just interrupted."""
        self.failing.discard(activity)
        if self.failing:
            return False
        self.calm_since = self.calm_since or now
        return now - self.calm_since >= CALM_S


class Outage:
    """What cannot be done at present, by cause; any number of threads may tell it what they see."""

    def __init__(self) -> None:
        """All is well."""
        self._lock = Lock()
        self._troubles: dict[str, _Trouble] = {}
        self._standing: set[str] = set()

    def failed(self, activity: str, error: Exception) -> None:
        """This could not be done; it is tried again, and `well` is said of it once it could."""
        cause = STORAGE if isinstance(error, StorageError) else activity
        with self._lock:
            begins = cause not in self._troubles
            trouble = self._troubles.setdefault(cause, _Trouble(time.monotonic()))
            trouble.failing.add(activity)
            trouble.calm_since = None
            trouble.tries += 1
        if begins:
            trace = None if isinstance(error, DeskError) else error
            said = "%s: %s It is tried again; the next line about this comes when it is over."
            logger.error(said, activity, error, exc_info=trace)

    def well(self, activity: str) -> None:
        """This could be done, or needs not be done any more; whatever goes on all the time says so all the time."""
        if not self._troubles:
            return
        now = time.monotonic()
        with self._lock:
            over = [cause for cause, trouble in self._troubles.items() if trouble.note_well(activity, now)]
            ended = [(cause, self._troubles.pop(cause)) for cause in over]
        for cause, trouble in ended:
            seconds = (trouble.calm_since or now) - trouble.since
            logger.warning("%s: over after %.0f s and %d failed tries", cause, seconds, trouble.tries)

    def stands(self, problems: Collection[str]) -> None:
        """All problems of one look at what should agree: each is told when it is new, and when it is gone."""
        with self._lock:
            new, gone = set(problems) - self._standing, self._standing - set(problems)
            self._standing = set(problems)
        for problem in sorted(new):
            logger.error(problem)
        for problem in sorted(gone):
            logger.warning("No longer so: %s", problem)
