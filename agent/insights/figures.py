"""From rows to figures: shares with their interval, medians with open cases, and groups of them."""

import warnings
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import CensoredData, ecdf, norm

from agent.errors import InvalidFilterError
from agent.insights.dimensions import DIMENSIONS, Groups
from agent.insights.metrics import METRICS, Metric
from agent.insights.rows import Mask, Places, Rows, Slice
from agent.model import Bar, Curve, Figure

Z95 = float(norm.ppf(0.975))

CURVE_POINTS = 200


def metric_named(name: str) -> Metric:
    """The metric; raises InvalidFilterError if there is none of this name."""
    try:
        return METRICS[name]
    except KeyError:
        message = f"There is no metric {name!r}. Nothing was counted; the metrics are {', '.join(METRICS)}."
        raise InvalidFilterError(message) from None


def groups_of(metric: Metric, by: str, cut: Slice) -> tuple[Groups, bool]:
    """The groups of the metric's rows, and whether they have an order; raises InvalidFilterError."""
    dimension = DIMENSIONS.get(by)
    if dimension is None or metric.subject not in dimension.subjects:
        fitting = [name for name, one in DIMENSIONS.items() if metric.subject in one.subjects]
        message = f"{metric.title} cannot be divided by {by!r}. Nothing was counted; use one of {', '.join(fitting)}."
        raise InvalidFilterError(message)
    return dimension.groups(cut.rows(metric.subject), cut), dimension.ordered


def figure(metric: Metric, cut: Slice) -> Figure:
    """The metric over everything that the filter left."""
    rows = cut.rows(metric.subject)
    looked_at, values = metric.find(rows, cut)
    return _figure(metric, rows, cut, looked_at, values)


def bars(metric: Metric, by: str, cut: Slice) -> tuple[Bar, ...]:
    """The metric for each group that has rows; groups without an order come largest first."""
    groups, ordered = groups_of(metric, by, cut)
    rows = cut.rows(metric.subject)
    looked_at, values = metric.find(rows, cut)
    found = _grouped(metric, rows, cut, groups, looked_at, values)
    made = [
        Bar(key=key, label=label, figure=one)
        for key, label, one in zip(groups.keys, groups.labels, found, strict=True)
        if one.n or ordered
    ]
    return tuple(made) if ordered else tuple(sorted(made, key=lambda bar: (-bar.figure.n, bar.label)))


def behind(metric: Metric, cut: Slice, by: str | None = None, key: str | None = None) -> Places:
    """Which rows of the metric's frame a figure or a bar rests on, latest first.

    For a share and a count those that count, for anything else all that are looked at.
    """
    rows = cut.rows(metric.subject)
    looked_at, values = metric.find(rows, cut)
    kept = looked_at & (values > 0) if metric.unit in {"share", "count"} else looked_at & ~np.isnan(values)
    if by is not None:
        kept &= _in_group(groups_of(metric, by, cut)[0], key)
    return rows.places[kept][::-1]


def _in_group(groups: Groups, key: str | None) -> Mask:
    if key not in groups.keys:
        return np.zeros(len(groups.codes[0]) if groups.codes else 0, dtype=bool)
    number = groups.keys.index(key)
    inside: Mask = np.logical_or.reduce([codes == number for codes in groups.codes])
    return inside


def _grouped(
    metric: Metric, rows: Rows, cut: Slice, groups: Groups, looked_at: Mask, values: npt.NDArray[np.float64]
) -> Sequence[Figure]:
    size = len(groups.keys)
    if metric.unit == "seconds":
        return [_figure(metric, rows, cut, looked_at & _in_group(groups, key), values) for key in groups.keys]
    known = looked_at & ~np.isnan(values)
    counts, sums = np.zeros(size), np.zeros(size)
    for codes in groups.codes:
        inside = known & (codes >= 0)
        counts += np.bincount(codes[inside], minlength=size)[:size]
        sums += np.bincount(codes[inside], weights=values[inside], minlength=size)[:size]
    return [_from_sums(metric, int(n), float(total)) for n, total in zip(counts, sums, strict=True)]


def _figure(metric: Metric, rows: Rows, cut: Slice, looked_at: Mask, values: npt.NDArray[np.float64]) -> Figure:
    if metric.unit == "seconds":
        return _duration(metric, rows, cut, looked_at, values)
    known = looked_at & ~np.isnan(values)
    return _from_sums(metric, int(known.sum()), float(values[known].sum()))


def _from_sums(metric: Metric, n: int, total: float) -> Figure:
    if metric.unit == "count":
        return Figure(value=total, n=n)
    if not n:
        return Figure(value=None, n=0)
    if metric.unit == "share":
        low, high = wilson(total, n)
        return Figure(value=total / n, n=n, low=low, high=high)
    return Figure(value=total / n, n=n)


def wilson(hits: float, n: int) -> tuple[float, float]:
    """The 95 % interval by Wilson for a share of `hits` among `n`, which must not be 0."""
    share, spread = hits / n, Z95 * Z95 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * np.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low = float(centre - half) if hits else 0.0  # exactly; the formula leaves a rounding error
    return low, float(centre + half) if hits < n else 1.0


def _duration(metric: Metric, rows: Rows, cut: Slice, looked_at: Mask, values: npt.NDArray[np.float64]) -> Figure:
    finished, waiting = _spans(metric, rows, cut, looked_at, values)
    n = len(finished) + len(waiting)
    if not len(waiting):
        if not n:
            return Figure(value=None, n=0)
        median, p90 = np.quantile(finished, [0.5, 0.9])
        return Figure(value=float(median), p90=float(p90), n=n)
    survival = ecdf(CensoredData(uncensored=finished, right=waiting)).sf
    times, waits = np.asarray(survival.quantiles), np.asarray(survival.probabilities)
    return Figure(value=_when(times, waits, 0.5), p90=_when(times, waits, 0.9), n=n, open=len(waiting))


def _spans(
    metric: Metric, rows: Rows, cut: Slice, looked_at: Mask, values: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Seconds of finished cases, and how long open ones have lasted so far."""
    unfinished = looked_at & np.isnan(values)
    waiting = metric.waited(rows, cut)[unfinished] if metric.waited else np.empty(0)
    return np.maximum(values[looked_at & ~np.isnan(values)], 0), np.maximum(waiting, 0)


def _when(times: npt.NDArray[np.float64], waits: npt.NDArray[np.float64], share: float) -> float | None:
    """From when on this share is finished; None if it never was so far."""
    reached = np.flatnonzero(waits <= 1 - share + 1e-12)
    return float(times[reached[0]]) if len(reached) else None


def curve(metric: Metric, cut: Slice) -> Curve:
    """How many still wait after how long; the metric is one in seconds."""
    rows = cut.rows(metric.subject)
    looked_at, values = metric.find(rows, cut)
    finished, waiting = _spans(metric, rows, cut, looked_at, values)
    n = len(finished) + len(waiting)
    if not len(finished):
        return Curve(seconds=(), waiting=(), low=(), high=(), median=None, p90=None, n=n, open=len(waiting))
    survival = ecdf(CensoredData(uncensored=finished, right=waiting)).sf
    with warnings.catch_warnings():  # where nobody is left the band is not defined; it is shown as wide as can be
        warnings.simplefilter("ignore", RuntimeWarning)
        band = survival.confidence_interval(method="log-log")
    times, waits = np.asarray(survival.quantiles), np.asarray(survival.probabilities)
    shown = np.unique(np.linspace(0, len(times) - 1, CURVE_POINTS).astype(int))
    low = np.nan_to_num(np.asarray(band.low.probabilities), nan=0.0)
    high = np.nan_to_num(np.asarray(band.high.probabilities), nan=1.0)
    return Curve(
        seconds=(0.0, *times[shown].tolist()),
        waiting=(1.0, *waits[shown].tolist()),
        low=(1.0, *low[shown].tolist()),
        high=(1.0, *high[shown].tolist()),
        median=_when(times, waits, 0.5),
        p90=_when(times, waits, 0.9),
        n=n,
        open=len(waiting),
    )
