"""Where in its row each node stands: close to what it is connected with, and apart from its neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

GAP = 12.0
"""Pixels between two nodes of a row."""

PASSES = 10
"""Alternating passes down and up; places move by less than a pixel after six."""


def place(
    rows: Sequence[Sequence[str]],
    links: Iterable[tuple[str, str]],
    widths: Mapping[str, float],
    *,
    left: float,
    right: float,
) -> dict[str, float]:
    """The x of every centre, between `left` and `right`, in the given order and without overlap."""
    neighbours: dict[str, list[str]] = {}
    for upper, lower in sorted(links):
        neighbours.setdefault(upper, []).append(lower)
        neighbours.setdefault(lower, []).append(upper)
    row_of = {name: number for number, row in enumerate(rows) for name in row}
    middle = (left + right) / 2
    x = {name: middle for row in rows for name in row}
    for number in range(PASSES):
        order = list(rows) if number % 2 == 0 else list(reversed(rows))
        side = -1 if number % 2 == 0 else 1
        for row in order:
            wanted = [
                _wanted(name, neighbours.get(name, ()), x, row_of, side, last=number >= PASSES - 2) for name in row
            ]
            x.update(zip(row, spread(wanted, [widths[name] for name in row], left, right), strict=True))
    return _stretched(x, widths, left, right)


def _stretched(x: Mapping[str, float], widths: Mapping[str, float], left: float, right: float) -> dict[str, float]:
    """The same places with more air, so that the drawing uses the whole width."""
    first = min(x, key=lambda name: x[name] - widths[name] / 2)
    last = max(x, key=lambda name: x[name] + widths[name] / 2)
    if x[last] <= x[first]:
        return dict(x)
    start, end = left + widths[first] / 2, right - widths[last] / 2
    scale = (end - start) / (x[last] - x[first])
    return {name: start + (value - x[first]) * scale for name, value in x.items()}


def spread(wanted: Sequence[float], widths: Sequence[float], left: float, right: float) -> list[float]:
    """The centres nearest to `wanted` (least squares) that keep order, GAP and bounds.

    Subtracting what the widths use up turns it into isotonic regression, solved by pooling neighbours that disagree.
    """
    offsets = [0.0]
    for one, other in pairwise(widths):
        offsets.append(offsets[-1] + (one + other) / 2 + GAP)
    pools: list[list[float]] = []  # [sum of wanted, how many]
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append([want - offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    placed = [total / count for total, count in pools for _ in range(int(count))]
    lowest = left + widths[0] / 2
    highest = right - widths[-1] / 2 - offsets[-1]
    return [max(lowest, min(value, highest)) + offset for value, offset in zip(placed, offsets, strict=True)]


def _wanted(
    name: str,
    connected: Sequence[str],
    x: Mapping[str, float],
    row_of: Mapping[str, int],
    side: int,
    *,
    last: bool,
) -> float:
    """The mean of the neighbours on one side, or of all of them in the last passes."""
    looked_at = [other for other in connected if last or (row_of[other] - row_of[name]) * side > 0]
    if not looked_at:
        return x[name]
    return sum(x[other] for other in looked_at) / len(looked_at)
