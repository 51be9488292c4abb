"""How much one client may ask for: requests in a time, and streams held open at once."""

import logging
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from agent.api.problems import Problem

logger = logging.getLogger(__name__)


class RequestLimit:
    """Counts requests by client in this process's memory."""

    def __init__(self, rate: str) -> None:
        """`rate` as in the settings, like 240/minute."""
        self._rate = parse(rate)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, client: str) -> None:
        """Count one request; raises a 429 that says when to come back."""
        if self._limiter.hit(self._rate, client):
            return
        reset = self._limiter.get_window_stats(self._rate, client).reset_time
        wait_s = max(1, math.ceil(reset - time.time()))
        detail = f"More than {self._rate} came from {client}; this one was not worked on. Send it again in {wait_s} s."
        raise Problem(429, "too-many-requests", detail, {"Retry-After": str(wait_s)})


class StreamSeats:
    """Counts the streams that each client holds open."""

    def __init__(self, most: int) -> None:
        """At most `most` at a time for one client."""
        self._most = most
        self._open: Counter[str] = Counter()
        self._told: set[str] = set()

    @contextmanager
    def taken(self, client: str) -> Iterator[None]:
        """Hold a seat inside the block; raises a 429 if the client has all of its own."""
        self._check(client)
        self._open[client] += 1
        try:
            yield
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]
                self._told.discard(client)

    def _check(self, client: str) -> None:
        if self._open[client] < self._most:
            return
        if client not in self._told:
            self._told.add(client)
            logger.warning("%s holds %d streams open; more are refused until it closes some", client, self._most)
        detail = f"{client} holds {self._most} streams open already; this one was not opened. Close one first."
        raise Problem(429, "too-many-streams", detail, {"Retry-After": "10"})
