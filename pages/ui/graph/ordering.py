"""The order within the rows, so that few edges cross."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from pages.ui.graph.layering import Layered

SWEEPS = 12
"""Passes over all rows; the process settles after three or four."""

Rows = list[list[str]]


def in_order(layered: Layered) -> tuple[tuple[str, ...], ...]:
    """The same rows in the order with the fewest crossings that was found; always the same for the same graph."""
    above, below = _neighbours(layered.links)
    rows = [list(row) for row in layered.rows]
    best, fewest = [list(row) for row in rows], crossings(rows, layered.links)
    for sweep in range(SWEEPS):
        _sweep(rows, above if sweep % 2 == 0 else below, downwards=sweep % 2 == 0)
        _swap_neighbours(rows, layered.links)
        count = crossings(rows, layered.links)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return tuple(tuple(row) for row in best)


def crossings(rows: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> int:
    """How many pairs of links cross when rows are drawn in this order."""
    place = {name: (number, index) for number, row in enumerate(rows) for index, name in enumerate(row)}
    by_row: dict[int, list[tuple[int, int]]] = {}
    for upper, lower in links:
        by_row.setdefault(place[upper][0], []).append((place[upper][1], place[lower][1]))
    return sum(
        1
        for pairs in by_row.values()
        for one, other in combinations(pairs, 2)
        if (one[0] - other[0]) * (one[1] - other[1]) < 0
    )


def _neighbours(links: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for upper, lower in sorted(links):
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    return above, below


def _sweep(rows: Rows, neighbours: Mapping[str, Sequence[str]], *, downwards: bool) -> None:
    position = {name: float(index) for row in rows for index, name in enumerate(row)}
    for row in rows if downwards else reversed(rows):
        centre = {
            name: sum(position[other] for other in neighbours.get(name, ())) / len(neighbours[name])
            if neighbours.get(name)
            else position[name]
            for name in row
        }
        row.sort(key=centre.__getitem__)
        position.update({name: float(index) for index, name in enumerate(row)})


def _swap_neighbours(rows: Rows, links: set[tuple[str, str]]) -> None:
    for row in rows:
        for index in range(len(row) - 1):
            before = crossings(rows, links)
            row[index], row[index + 1] = row[index + 1], row[index]
            if crossings(rows, links) >= before:
                row[index], row[index + 1] = row[index + 1], row[index]
