"""The live graph on the page."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from agent import GraphStructure
from pages.ui.frontend import register
from pages.ui.graph.drawing import Drawing, draw
from pages.ui.graph.trace import Frame

_GRAPH = register("graph", css=("graph.css",), js=("graph.js",))


def show_graph(  # noqa: PLR0913  one keyword per thing that is shown
    structure: GraphStructure,
    frames: Sequence[Frame],
    *,
    turn_id: str,
    known_seq: int,
    selected: str | None,
    summary: str,
    key: str,
    on_select: Callable[[], None],
) -> None:
    """Draw the graph and light up `frames`; those after `known_seq` are replayed at a pace that can be followed.

    A click on a node calls `on_select`; `st.session_state[key].node` is its name then.
    """
    data = {
        "drawing": _as_json(draw(structure)),
        "turn": turn_id,
        "frames": [{"nodes": [asdict(lit) for lit in frame.nodes], "edges": frame.edges} for frame in frames],
        "known": sum(frame.seq <= known_seq for frame in frames),
        "selected": selected,
        "summary": summary,
    }
    _GRAPH(data=data, key=key, on_node_change=on_select)


def _as_json(drawing: Drawing) -> dict[str, Any]:
    document = asdict(drawing)
    for edge in document["edges"]:
        edge["label"] = edge["label"]._asdict() if edge["label"] else None
    return document
