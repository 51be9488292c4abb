"""The finished drawing: every node, edge, label and band with its place in pixels. Knows no Streamlit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from agent import GraphEdge, GraphNode, GraphStructure
from pages.ui.graph.labels import Label, Rectangle, label_edges
from pages.ui.graph.layering import in_layers, is_bend
from pages.ui.graph.ordering import in_order
from pages.ui.graph.placing import place

WIDTH = 600.0
MARGIN = 28.0
"""Left and right; the names of the bands stand in the left one."""
LETTER = 7.3
"""Mean width of a letter at 13 px, measured on Inter semibold, rounded up."""
WRAP_FROM = 4
"""Rows with this many nodes or more write their labels on two lines."""
GAPS = {0: 22.0, 1: 42.0, 2: 62.0}
"""Pixels between two rows, by how many nodes of the upper one have labelled edges; two stands for more."""

BANDS: Mapping[str, str] = {
    "understand": "Understand",
    "route": "Route",
    "lane": "Lanes",
    "gate": "Decide and act",
    "outcome": "Decide and act",
    "close": "Close",
}


@dataclass(frozen=True, kw_only=True)
class DrawnNode:
    """A node with its label on one or two lines; `left` and `top` are its corner."""

    name: str
    label: str
    lines: tuple[str, ...]
    group: str
    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> float:
        """The x of its middle."""
        return self.left + self.width / 2


@dataclass(frozen=True, kw_only=True)
class DrawnEdge:
    """An edge as an SVG path, with its label's place if it has one."""

    source: str
    target: str
    conditional: bool
    path: str
    label: Label | None


@dataclass(frozen=True, kw_only=True)
class Band:
    """A stretch of rows that belong together."""

    name: str
    top: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """All of it; `version` is the graph's, so that a changed graph is drawn anew."""

    version: str
    width: float
    height: float
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    bands: tuple[Band, ...]


@lru_cache(maxsize=4)
def draw(structure: GraphStructure) -> Drawing:
    """The drawing of this graph; the same graph gives the same drawing."""
    layered = in_layers(structure)
    rows = in_order(layered)
    of_name = {node.name: node for node in structure.nodes}
    sizes = {name: _size(name, of_name, row) for row in rows for name in row}
    x = place(rows, layered.links, {name: size[0] for name, size in sizes.items()}, left=MARGIN, right=WIDTH - 4)
    tops, height = _tops(rows, sizes, structure.edges)
    nodes = {
        name: _drawn(of_name[name], sizes[name], x[name], tops[index], row)
        for index, row in enumerate(rows)
        for name in row
        if not is_bend(name)
    }
    boxes = [Rectangle(n.left, n.top, n.left + n.width, n.top + n.height) for n in nodes.values()]
    points = [_points(route, nodes, x, rows, tops, sizes) for route in layered.routes]
    labels = label_edges(structure.edges, points, boxes, WIDTH)
    edges = tuple(
        DrawnEdge(source=e.source, target=e.target, conditional=e.conditional, path=_path(line), label=labels[i])
        for i, (e, line) in enumerate(zip(structure.edges, points, strict=True))
    )
    return Drawing(
        version=structure.version,
        width=WIDTH,
        height=height,
        nodes=tuple(nodes[node.name] for node in structure.nodes),
        edges=edges,
        bands=_bands(rows, nodes),
    )


def _lines(node: GraphNode, row: Sequence[str]) -> tuple[str, ...]:
    crowded = sum(not is_bend(name) for name in row) >= WRAP_FROM
    return tuple(node.label.split(" ", 1)) if crowded else (node.label,)


def _size(name: str, of_name: Mapping[str, GraphNode], row: Sequence[str]) -> tuple[float, float]:
    if is_bend(name):
        return 6.0, 0.0
    node = of_name[name]
    if node.group in {"start", "end"}:
        return 60.0, 22.0
    lines = _lines(node, row)
    tallest = max(len(_lines(of_name[other], row)) for other in row if not is_bend(other))
    return max(max(map(len, lines)) * LETTER + 26, 82.0), 28.0 + 15.0 * tallest


def _drawn(node: GraphNode, size: tuple[float, float], centre: float, top: float, row: Sequence[str]) -> DrawnNode:
    return DrawnNode(
        name=node.name,
        label=node.label,
        lines=_lines(node, row),
        group=node.group,
        left=round(centre - size[0] / 2, 1),
        top=top,
        width=size[0],
        height=size[1],
    )


def _tops(
    rows: Sequence[Sequence[str]],
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[GraphEdge],
) -> tuple[list[float], float]:
    row_of = {name: index for index, row in enumerate(rows) for name in row}
    labelled = Counter(row_of[name] for name in {edge.source for edge in edges if edge.label})
    tops, y = [], 2.0
    for index, row in enumerate(rows):
        tops.append(y)
        y += max(sizes[name][1] for name in row) + GAPS[min(labelled[index], max(GAPS))]
    return tops, y - GAPS[0] + 2.0


def _points(
    route: Sequence[str],
    nodes: Mapping[str, DrawnNode],
    x: Mapping[str, float],
    rows: Sequence[Sequence[str]],
    tops: Sequence[float],
    sizes: Mapping[str, tuple[float, float]],
) -> tuple[tuple[float, float], ...]:
    """From the source's bottom through both ends of every bend to the target's top."""
    source, target = nodes[route[0]], nodes[route[-1]]
    points = [(source.centre, source.top + source.height)]
    for bend in route[1:-1]:
        row = int(bend.rsplit(">", 1)[1])
        points += [(x[bend], tops[row]), (x[bend], tops[row] + max(sizes[name][1] for name in rows[row]))]
    return (*points, (target.centre, target.top - 3))


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A smooth path: leaves and enters every point vertically."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        reach = (y2 - y1) * 0.5
        parts.append(f"C{x1:.1f} {y1 + reach:.1f} {x2:.1f} {y2 - reach:.1f} {x2:.1f} {y2:.1f}")
    return " ".join(parts)


def _bands(rows: Sequence[Sequence[str]], nodes: Mapping[str, DrawnNode]) -> tuple[Band, ...]:
    """One band per run of rows whose first node belongs to it; start and end stand outside."""
    bands: list[Band] = []
    for row in rows:
        here = [nodes[name] for name in row if not is_bend(name)]
        groups = [node.group for node in here]
        name = BANDS.get(max(groups, key=list(BANDS).index), "") if set(groups) <= set(BANDS) else ""
        top, bottom = here[0].top, max(node.top + node.height for node in here)
        if bands and name and bands[-1].name == name:
            bands[-1] = Band(name=name, top=bands[-1].top, bottom=bottom)
        elif name:
            bands.append(Band(name=name, top=top, bottom=bottom))
    return tuple(bands)
