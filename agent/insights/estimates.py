"""Shares, rates and sums with their 95 % intervals; where nobody can know, a reason instead of a number."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from agent.model import Estimate

DRAWS = 1000
SEED = 20_260_101
"""The same draws every time: two policies are compared on the same resampled days."""

BUSY = 0.95
"""The share of hours that are not among the busiest."""

DAY_H = 24
FEWEST_DAYS = 7
"""From so many days on whole days are drawn, since hours of a day hang together; below it single hours."""


def share(hits: int, n: int, why_not: str) -> Estimate:
    """A share with Wilson's interval; of no cases nothing is known."""
    if n == 0:
        return unknown("share", why_not)
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return Estimate(value=hits / n, low=float(interval.low), high=float(interval.high), n=n, unit="share")


def unknown(unit: str, why: str) -> Estimate:
    """Nobody can know."""
    return Estimate(value=None, low=None, high=None, n=0, unit=unit, why=why)


def pooled(strata: Sequence[tuple[int, int, int]], why_not: str) -> Estimate:
    """A share over groups of which only some cases were looked at, each as (size, looked at, hits).

    What was looked at counts as it is, the rest of each group by its own share. The intervals of the groups are put
    together by their squares (Zou and Donner). Unknown if a group that is not empty was not looked at.
    """
    size = sum(whole for whole, _n, _hits in strata)
    if size == 0 or any(whole and not n for whole, n, _hits in strata):
        return unknown("share", why_not)
    total, below, above = 0.0, 0.0, 0.0
    for whole, n, hits in strata:
        if whole:
            found = share(hits, n, why_not)
            rest = whole - n
            value, low, high = (float(each or 0) for each in (found.value, found.low, found.high))
            total += hits + rest * value
            below += (rest * (value - low)) ** 2
            above += (rest * (high - value)) ** 2
    looked_at = sum(n for _whole, n, _hits in strata)
    return Estimate(
        value=total / size,
        low=max(0.0, (total - below**0.5) / size),
        high=min(1.0, (total + above**0.5) / size),
        n=looked_at,
        unit="share",
    )


def hourly(counts: npt.NDArray[np.int64]) -> tuple[Estimate, Estimate]:
    """Mean and 95th percentile of counts an hour, with intervals by drawing days (or hours, if they are few) anew."""
    unit = "reviews an hour"
    if not len(counts):
        return (unknown(unit, "unknown: there are no turns"),) * 2
    block = DAY_H if len(counts) >= FEWEST_DAYS * DAY_H else 1
    known, places = np.unique(counts, return_inverse=True)
    blocks = places[: len(places) // block * block].reshape(-1, block)
    # how often each count came in each block: drawing blocks anew adds these up, and nothing has to be sorted
    often = np.zeros((len(blocks), len(known)))
    np.add.at(often, (np.arange(len(blocks))[:, None], blocks), 1)
    drawn = np.random.default_rng(SEED).multinomial(len(blocks), np.full(len(blocks), 1 / len(blocks)), size=DRAWS)
    hours = np.vstack([np.bincount(places, minlength=len(known)), drawn @ often])
    means = hours @ known / hours.sum(axis=1)
    reached = np.cumsum(hours, axis=1) >= BUSY * hours.sum(axis=1, keepdims=True)
    tails = known[reached.argmax(axis=1)].astype(np.float64)
    return _drawn(means, len(counts), unit), _drawn(tails, len(counts), unit)


def _drawn(found: npt.NDArray[np.float64], n: int, unit: str) -> Estimate:
    """The first is what was seen, the others what was drawn."""
    low, high = np.quantile(found[1:], (0.025, 0.975))
    return Estimate(value=float(found[0]), low=float(low), high=float(high), n=n, unit=unit)
