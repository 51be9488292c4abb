"""From intent to lane to what became of it: bands as wide as the number of messages."""

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from agent import Flow
from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.canvas import TEXT_PX, canvas, escaped
from pages.ui.analytics.chart_card import Chart
from pages.ui.analytics.charts import HOVER, STILL
from pages.ui.analytics.names import LANE, word
from pages.ui.analytics.numbers import many, percent
from pages.ui.analytics.palette import Palette

COLUMNS = 3
SLOT_PX, LEAST_PX = 34, 330
BAR = 0.045
"""Width of a node where the columns lie 1 apart."""
STEPS = 24
LABEL_CHARS = 12
BY = ("intent", "lane", "end")


@dataclass(frozen=True, kw_only=True)
class Node:
    """A box of the drawing; `low` and `high` in messages."""

    column: int
    name: str
    turns: int
    low: float
    high: float


def flow_chart(scene: Scene) -> Chart:
    """The drawing with its nodes to choose from; every way is in the table."""
    flows = scene.desk.analytics.flows(scene.wanted)
    nodes, height = placed(flows)
    total = sum(node.turns for node in nodes.values() if node.column == 0)
    ends = sorted((node for node in nodes.values() if node.column == COLUMNS - 1), key=lambda node: -node.turns)
    points = [_node_point(scene, node) for node in nodes.values()] + [_flow_point(scene, flow) for flow in flows]
    says = ""
    if ends:
        says = f"Of {many(total, 'message')}, most ended as “{ends[0].name}”: {percent(ends[0].turns / total)}. "
        says += "Choose a block to see its messages."
    return Chart(
        id="flow",
        title="From intent to lane to what became of it",
        means="Each band is as wide as the number of messages that took this way: what the customer wanted, which lane "
        "worked on it, and its end: the first reply, or what a person decided.",
        says=says,
        figure=_drawn(nodes, flows, height, scene.colours) if nodes else None,
        head=("Way", "Messages"),
        file_head=("from", "to", "messages"),
        points=points if nodes else [],
    )


def placed(flows: Sequence[Flow]) -> tuple[dict[tuple[int, str], Node], int]:
    """Where each node stands, and the height of the drawing in pixels: every label has room."""
    turns: dict[tuple[int, str], int] = defaultdict(int)
    out_of: dict[tuple[int, str], int] = defaultdict(int)
    for flow in flows:
        out_of[flow.column, flow.source] += flow.turns
        turns[flow.column + 1, flow.target] += flow.turns
    for place, count in out_of.items():
        turns[place] = max(turns.get(place, 0), count)
    stacks = [
        sorted(
            ((name, count) for (at, name), count in turns.items() if at == column), key=lambda one: (-one[1], one[0])
        )
        for column in range(COLUMNS)
    ]
    most = max((len(stack) for stack in stacks), default=0)
    height = max(LEAST_PX, 2 * SLOT_PX * most)
    total = max((sum(count for _, count in stack) for stack in stacks), default=0)
    slot = total * SLOT_PX / (height - SLOT_PX * most) if most else 0
    nodes = {}
    for column, stack in enumerate(stacks):
        gap = slot + (most - len(stack)) * slot / max(len(stack), 1)
        at = gap / 2
        for name, count in stack:
            nodes[column, name] = Node(column=column, name=name, turns=count, low=at, high=at + count)
            at += count + gap
    return nodes, height


def _drawn(nodes: dict[tuple[int, str], Node], flows: Sequence[Flow], height: int, colours: Palette) -> go.Figure:
    figure = canvas(colours, height=height)
    _draw_bands(figure, nodes, flows, colours)
    boxes = list(nodes.values())
    figure.add_bar(
        x=[node.column for node in boxes],
        y=[node.turns for node in boxes],
        base=[node.low for node in boxes],
        width=BAR,
        marker={"color": [_hue(node, colours) for node in boxes], "line": {"width": 0}},
        customdata=[_node_id(node) for node in boxes],
        hovertext=[f"{_named(node)}: {many(node.turns, 'message')}" for node in boxes],
        hovertemplate=HOVER,
        **STILL,
    )
    for node in boxes:
        last = node.column > 0  # to the left of its box: on the right there are other labels
        figure.add_annotation(
            x=node.column + (-BAR if last else BAR) * 0.8,
            y=(node.low + node.high) / 2,
            xanchor="right" if last else "left",
            text=_label(node),
            align="right" if last else "left",
            showarrow=False,
            font={"size": TEXT_PX, "color": colours.ink},
        )
    figure.update_xaxes(visible=False, range=[-BAR, COLUMNS - 1 + BAR])
    figure.update_yaxes(visible=False, autorange="reversed")
    return figure


def _draw_bands(figure: go.Figure, nodes: dict[tuple[int, str], Node], flows: Sequence[Flow], colours: Palette) -> None:
    left = {place: node.low for place, node in nodes.items()}
    right = dict(left)
    for flow in sorted(
        flows, key=lambda flow: (nodes[flow.column, flow.source].low, nodes[flow.column + 1, flow.target].low)
    ):
        start, end = (flow.column, flow.source), (flow.column + 1, flow.target)
        x = np.linspace(flow.column + BAR / 2, flow.column + 1 - BAR / 2, STEPS)
        bend = _smooth(np.linspace(0, 1, STEPS))
        top = left[start] + (right[end] - left[start]) * bend
        left[start] += flow.turns
        right[end] += flow.turns
        source = _hue(nodes[start], colours)
        figure.add_scatter(
            x=[*x, *x[::-1]],
            y=[*top, *(top + flow.turns)[::-1]],
            mode="lines",
            fill="toself",
            fillcolor=_faint(source),
            line={"width": 0},
            hoveron="fills",
            hoverinfo="skip",
        )


def _smooth(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float64)


def _hue(node: Node, colours: Palette) -> str:
    if node.column == 0:
        return colours.intents.get(node.name, colours.rest)
    lanes = {**colours.intents, "escalation": colours.line}
    return lanes.get(node.name, colours.rest) if node.column == 1 else colours.soft


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.26)"


def _named(node: Node) -> str:
    return LANE.get(node.name) or word(node.name)


def _label(node: Node) -> str:
    """Its name and count in short lines: on a phone two labels stand side by side."""
    lines = textwrap.wrap(_named(node), LABEL_CHARS)
    count = f"<b>{node.turns:,}</b>"
    shown = "<br>".join(escaped(line) for line in lines)
    return f"{shown} {count}" if len(lines) > 1 else f"{shown}<br>{count}"


def _node_id(node: Node) -> str:
    return f"{BY[node.column]}:{node.name}"


def _node_point(scene: Scene, node: Node) -> Point:
    title = f"{('Intent', 'Lane', 'End')[node.column]}: {_named(node).lower()}"
    return Point(
        id=_node_id(node),
        label=title,
        cells=(title, f"{node.turns:,}"),
        raw=(title, "", node.turns),
        behind=Behind(metric="messages", wanted=scene.wanted, by=BY[node.column], key=node.name),
    )


def _flow_point(scene: Scene, flow: Flow) -> Point:
    title = f"{LANE.get(flow.source, flow.source)} → {LANE.get(flow.target, word(flow.target)).lower()}"
    if flow.column == 0:
        narrowed = scene.wanted.model_copy(update={"intent": flow.source})
        behind = Behind(metric="messages", wanted=narrowed, by="lane", key=flow.target)
    else:
        behind = Behind(metric="messages", wanted=scene.wanted, by="way", key=f"{flow.source}>{flow.target}")
    return Point(
        id=f"{flow.column}:{flow.source}>{flow.target}",
        label=title,
        cells=(title, f"{flow.turns:,}"),
        raw=(flow.source, flow.target, flow.turns),
        behind=behind,
    )
