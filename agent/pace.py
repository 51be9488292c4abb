"""How deliveries go out: how often one is tried, over which time, and how many a minute.

Pure arithmetic; where the numbers stand is `agent.store`, who acts on them `agent.protocols.deliver`.
"""

from dataclasses import dataclass

from agent.model import DeliveryKind
from agent.timestamps import after_s, seconds_between

BURST = 10
BURST_SHARE = 40
"""Requests that may follow each other at once: a fortieth of a minute's, or ten where that is more."""

MINUTE_S = 60.0

SHARE = 0.95
"""Of what a system allows: requests that start apart may arrive together. 300 tickets over a Team plan's 200 a minute
came to 204 in one minute at the other side without this."""

LONGEST_REST_S = 600.0
"""How long we let another system keep us away; one that asks for more is asked again after this."""

AWAY_AFTER = 5
"""Failures in a row, of any delivery, after which a system counts as away: one try at a time, with a rest between."""

AWAY_REST_S = 15.0
REFUSED_REST_S = 60.0
"""After a refusal of our credentials or address nothing is sent for so long, since nothing would be taken."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How one kind of delivery is tried: after the try number n it waits for at most `waits_s[n - 1]` seconds.

    The last try is the one after the last wait, or the last one within `window_s` of the first.
    """

    waits_s: tuple[float, ...]
    window_s: float

    @property
    def attempts(self) -> int:
        """How often one delivery is tried."""
        return len(self.waits_s) + 1

    def wait_s(self, attempts: int, chance: float) -> float | None:
        """Seconds to the next try after so many; None after the last. `chance` from 0 to 1 spreads equal waits."""
        if attempts >= self.attempts:
            return None
        return self.waits_s[attempts - 1] * (0.5 + chance / 2)


TERMS: dict[DeliveryKind, Terms] = {
    # three tries of 10 s and two waits fit into 90 s, so that a person hears of a failure in two minutes
    "ticket": Terms(waits_s=(20.0, 40.0), window_s=90.0),
    # the steps that the Standard Webhooks specification proposes, for a day
    "webhook": Terms(waits_s=(5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 36000.0, 36000.0), window_s=86400.0),
}


def free_again(free_at: str | None, now: str, *, per_minute: int, requests: int) -> tuple[bool, str]:
    """Whether so many requests may start now, and from when on the next ones are on time (to be kept if they start).

    In no 60 s do more than `per_minute` start: a leaky bucket (GCRA) with a burst that is taken off the rate.
    """
    allowed = max(1, int(per_minute * SHARE))
    burst = min(max(BURST, allowed // BURST_SHARE), max(1, allowed // 2))
    step = MINUTE_S / (allowed - burst) if allowed > burst else MINUTE_S
    begin = max(free_at or now, now)
    ahead = seconds_between(now, begin) + requests * step
    return ahead <= burst * step + 1e-6, after_s(begin, requests * step)
