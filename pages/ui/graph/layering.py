"""Which row each node is drawn in, and the bends of edges that pass rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent import GraphEdge, GraphStructure


@dataclass(frozen=True, kw_only=True)
class Layered:
    """The rows from top to bottom and, per edge, the ids it runs through from source to target.

    Long edges to the same target share one bend per row, so they are drawn as one trunk. A bend's id starts with ">".
    """

    rows: tuple[tuple[str, ...], ...]
    routes: tuple[tuple[str, ...], ...]

    @property
    def links(self) -> set[tuple[str, str]]:
        """The pieces between neighbouring rows, each once."""
        return {(route[i], route[i + 1]) for route in self.routes for i in range(len(route) - 1)}


def is_bend(name: str) -> bool:
    """Whether this id stands for a bend and not for a node."""
    return name.startswith(">")


def in_layers(structure: GraphStructure) -> Layered:
    """Every node one row below its lowest predecessor; edges that lead back up are drawn between their rows."""
    names = [node.name for node in structure.nodes]
    row_of = _rows_by_longest_path(names, structure.edges)
    rows: list[list[str]] = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for name in names:
        rows[row_of[name]].append(name)
    routes = tuple(_route(edge, row_of, rows) for edge in structure.edges)
    return Layered(rows=tuple(tuple(row) for row in rows), routes=routes)


def _rows_by_longest_path(names: Sequence[str], edges: Sequence[GraphEdge]) -> dict[str, int]:
    row_of = dict.fromkeys(names, 0)
    for _ in names:  # a path cannot be longer; a cycle would push its nodes down for ever
        moved = False
        for edge in edges:
            if row_of[edge.target] <= row_of[edge.source] < len(names) - 1 and edge.source != edge.target:
                row_of[edge.target] = row_of[edge.source] + 1
                moved = True
        if not moved:
            break
    used = sorted(set(row_of.values()))
    return {name: used.index(row) for name, row in row_of.items()}


def _route(edge: GraphEdge, row_of: dict[str, int], rows: list[list[str]]) -> tuple[str, ...]:
    first, last = row_of[edge.source], row_of[edge.target]
    bends = []
    for row in range(first + 1, last):
        bend = f">{edge.target}>{row}"
        if bend not in rows[row]:
            rows[row].append(bend)
        bends.append(bend)
    return (edge.source, *bends, edge.target)
