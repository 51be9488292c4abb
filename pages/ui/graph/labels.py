"""Where the labels of the edges stand: on their line, clear of nodes and of each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent import GraphEdge

LETTER = 5.9
"""Mean width of a letter at 11.5 px."""
HEIGHT = 17.0
STEPS = tuple(step / 20 for step in range(3, 18))
"""Places along a piece of the line that are tried, as shares of its length."""

APART = 0.45
"""The share of a piece after which lines from one node have parted, so that a label is clearly on one of them."""

Point = tuple[float, float]


class Rectangle(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Rectangle") -> float:
        """The area that both cover, in square pixels."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


class Label(NamedTuple):
    """A label's text, the middle of its place, and its width."""

    text: str
    x: float
    y: float
    width: float


def label_edges(
    edges: Sequence[GraphEdge], lines: Sequence[Sequence[Point]], nodes: Sequence[Rectangle], width: float
) -> list[Label | None]:
    """A label for every edge that has one, where its line runs alone: near target, before its bend, or near source."""
    labelled_into: dict[str, int] = {}
    for edge in edges:
        if edge.label:
            labelled_into[edge.target] = labelled_into.get(edge.target, 0) + 1
    through = Counter(line[1] for line in lines)
    taken = list(nodes)
    labels: list[Label | None] = []
    for edge, line in zip(edges, lines, strict=True):
        if not edge.label:
            labels.append(None)
            continue
        label, box = _best(edge.label, _places(line, edge, labelled_into, through), taken, width)
        taken.append(box)
        labels.append(label)
    return labels


def _places(
    line: Sequence[Point], edge: GraphEdge, labelled_into: Mapping[str, int], through: Mapping[Point, int]
) -> list[Point]:
    """Places on the line, the best first."""
    head, tail = (line[0], line[1]), (line[-2], line[-1])
    from_source = [_along(head, step) for step in sorted(STEPS, key=lambda step: abs(step - APART))]
    from_target = [_along(tail, step) for step in reversed(STEPS)]
    if labelled_into[edge.target] == 1:
        return from_target + from_source
    has_own_bend = line[1] != line[-1] and through[line[1]] == 1
    return (from_source[::-1] if has_own_bend else from_source) + from_target


def _best(text: str, places: Sequence[Point], taken: Sequence[Rectangle], width: float) -> tuple[Label, Rectangle]:
    size = len(text) * LETTER + 10
    candidates = []
    for rank, (x, y) in enumerate(places):
        middle = min(max(x, size / 2 + 1), width - size / 2 - 1)
        box = Rectangle(middle - size / 2, y - HEIGHT / 2, middle + size / 2, y + HEIGHT / 2)
        roomy = Rectangle(box.left - 3, box.top - 2, box.right + 3, box.bottom + 2)
        candidates.append((sum(roomy.overlap(other) for other in taken), rank, middle, y, box))
    _, _, x, y, box = min(candidates)
    return Label(text=text, x=round(x, 1), y=round(y, 1), width=round(size, 1)), box


def _along(piece: tuple[Point, Point], share: float) -> Point:
    """The point at this share of the curve that leaves and enters vertically."""
    (x1, y1), (x2, y2) = piece
    rest = 1 - share
    bow_x = rest**3 * x1 + 3 * rest**2 * share * x1 + 3 * rest * share**2 * x2 + share**3 * x2
    middle = (y1 + y2) / 2
    bow_y = rest**3 * y1 + 3 * rest**2 * share * middle + 3 * rest * share**2 * middle + share**3 * y2
    return bow_x, bow_y
