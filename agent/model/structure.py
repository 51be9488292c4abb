"""The compiled graph as it is drawn."""

from typing import Literal

from agent.model.value import Value


class GraphNode(Value):
    """A node of the compiled graph as it is drawn; `group` is the band it belongs to."""

    name: str
    label: str
    group: Literal["start", "understand", "route", "lane", "gate", "outcome", "close", "end"]


class GraphEdge(Value):
    """An edge of the compiled graph; `label` is empty on edges that are always taken."""

    source: str
    target: str
    label: str
    conditional: bool


class GraphStructure(Value):
    """The compiled graph: what is drawn cannot drift from what runs."""

    version: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
