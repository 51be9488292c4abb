"""Chance that can be repeated: the same seed gives the same numbers, drawn in blocks because single draws are slow."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import exp, log
from typing import Any, Generic, TypeVar

import numpy as np

BLOCK = 2048

Thing = TypeVar("Thing")


class Weighted(Generic[Thing]):
    """Things that are chosen in proportion to their weights."""

    def __init__(self, weights: Mapping[Thing, float]) -> None:
        """Weights need not sum to anything."""
        self._things = tuple(weights)
        self._limits = list(accumulate(weights.values()))

    def at(self, share: float) -> Thing:
        """The thing at this share, 0..1, of all weights."""
        place = bisect_right(self._limits, share * self._limits[-1])
        return self._things[min(place, len(self._things) - 1)]


class Chance:
    """One stream of draws; whoever makes it with the same numbers gets the same draws in the same order."""

    def __init__(self, *seed: int) -> None:
        """`seed` are whole numbers of at least 0."""
        self._generator = np.random.default_rng(seed)
        self._shares = self._stream(self._generator.random)
        self._normals = self._stream(self._generator.standard_normal)
        self._times: dict[tuple[float, float], Iterator[float]] = {}
        self._betas: dict[tuple[float, float], Iterator[float]] = {}

    @staticmethod
    def _stream(draw: Callable[[int], Any]) -> Iterator[float]:
        while True:
            yield from draw(BLOCK).tolist()

    def share(self) -> float:
        """Evenly between 0 and 1."""
        return next(self._shares)

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return next(self._shares) < probability

    def between(self, low: float, high: float) -> float:
        """Evenly between two numbers."""
        return low + (high - low) * next(self._shares)

    def normal(self, mean: float, spread: float) -> float:
        """From the normal distribution."""
        return mean + spread * next(self._normals)

    def around(self, median: float, spread: float) -> float:
        """Above zero, half of the draws below the median; `spread` is that of the logarithm."""
        return median * exp(spread * next(self._normals))

    def beta(self, a: float, b: float) -> float:
        """From the beta distribution, 0..1, to four digits."""
        stream = self._betas.get((a, b))
        if stream is None:
            stream = self._stream(lambda size: self._generator.beta(a, b, size).round(4))
            self._betas[a, b] = stream
        return next(stream)

    def ms(self, median: float, spread: float) -> float:
        """Milliseconds: above zero, half of the draws below the median, to two digits."""
        stream = self._times.get((median, spread))
        if stream is None:
            stream = self._stream(lambda size: self._generator.lognormal(log(median), spread, size).round(2))
            self._times[median, spread] = stream
        return next(stream)

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Any of these."""
        return things[int(next(self._shares) * len(things))]

    def of(self, things: Weighted[Thing]) -> Thing:
        """One of these by weight."""
        return things.at(next(self._shares))
