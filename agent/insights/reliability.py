"""Whether the desk is right as often as it is sure, on judged turns."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from agent.insights.estimates import DRAWS, SEED, share, unknown
from agent.insights.verdicts import UNSAID, Verdicts, answer_right, desk_right
from agent.model import Estimate, ReliabilityBin, ReliabilityPlot

BINS = 10
ENOUGH = 100
"""Judged cases below which a plot says more about chance than about the desk."""

Floats = npt.NDArray[np.float64]


def relevance_reliability(
    turns: pd.DataFrame, reviews: pd.DataFrame, ratings: pd.DataFrame, labels: pd.DataFrame
) -> ReliabilityPlot:
    """Predicted relevance of the best article against whether its answer was right."""
    return _plot(
        "relevance of the best article",
        turns.relevance,
        answer_right(turns, reviews, ratings, labels),
        "Right: sent unchanged by a reviewer, labelled right, or 4 stars and more.",
    )


def intent_reliability(turns: pd.DataFrame, labels: pd.DataFrame) -> ReliabilityPlot:
    """Confidence in the intent against whether people who looked afterwards agree with what the desk did."""
    return _plot(
        "confidence in the intent",
        turns.confidence,
        desk_right(turns, labels),
        "Labels judge what the desk did with a message, not its intent: a wrong intent may still end well.",
    )


def _plot(what: str, predicted: pd.Series, right: Verdicts, note: str) -> ReliabilityPlot:
    sure = predicted.to_numpy(dtype=np.float64)
    judged = (right != UNSAID) & ~np.isnan(sure)
    sure, correct = sure[judged], right[judged] == 1
    group = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(group, minlength=BINS)
    hits = np.bincount(group, weights=correct, minlength=BINS).astype(np.int64)
    means = np.bincount(group, weights=sure, minlength=BINS) / np.maximum(counts, 1)
    bins = tuple(
        ReliabilityBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            n=int(counts[place]),
            predicted=float(means[place]),
            right=share(int(hits[place]), int(counts[place]), "no case"),
        )
        for place in np.flatnonzero(counts)
    )
    n = int(counts.sum())
    few = f" Only {n} judged cases: the bins are guesses." if n < ENOUGH else ""
    return ReliabilityPlot(what=what, n=n, error=_error(counts, hits, means), bins=bins, note=f"{note}{few}")


def _error(counts: npt.NDArray[np.int64], hits: npt.NDArray[np.int64], means: Floats) -> Estimate:
    """The expected calibration error: the mean gap between predicted and right over all cases.

    The interval draws the cases anew within and among the bins; few cases make the error look larger than it is.
    """
    n, unit = int(counts.sum()), "calibration error"
    if n == 0:
        return unknown(unit, "unknown: nobody judged a case")
    cells = np.concatenate([hits, counts - hits])
    drawn = np.random.default_rng(SEED).multinomial(n, cells / n, size=DRAWS)
    draws = _gap(drawn[:, :BINS], drawn[:, BINS:], means)
    low, high = np.quantile(draws, (0.025, 0.975))
    value = float(_gap(hits[None], (counts - hits)[None], means)[0])
    return Estimate(value=value, low=float(min(low, value)), high=float(max(high, value)), n=n, unit=unit)


def _gap(hits: npt.NDArray[np.int64], misses: npt.NDArray[np.int64], means: Floats) -> Floats:
    counts = hits + misses
    gaps: Floats = np.abs(hits - counts * means).sum(axis=1) / counts.sum(axis=1)
    return gaps
