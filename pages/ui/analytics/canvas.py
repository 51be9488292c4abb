"""The ground that every chart is drawn on: quiet, without a toolbar, made for a click and for narrow screens."""

import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.ui.analytics.palette import Palette

ROW_PX, EDGE_PX = 40, 62
TEXT_PX = 12
LABEL_CHARS = 17
CHART_PX = 250
TICKS_S = (1, 10, 60, 600, 3600, 4 * 3600, 86400, 3 * 86400, 10 * 86400, 30 * 86400)
"""Where an axis of long times has its marks."""
SHORT_TICKS_S = (0.001, 0.01, 0.1, 1, 10, 60, 600, 3600)
"""The same for short times."""
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86400


def canvas(colours: Palette, *, height: int = CHART_PX, right: int = 12, **layout: Any) -> go.Figure:
    """An empty chart; axes do not zoom, so that a finger scrolls the page."""
    axis = {
        "fixedrange": True,
        "automargin": True,
        "gridcolor": colours.grid,
        "zeroline": False,
        "tickfont": {"size": TEXT_PX, "color": colours.soft},
    }
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 6, "r": right, "t": 10, "b": 6, "pad": 4},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        font={"size": TEXT_PX, "color": colours.ink},
        hoverlabel={"font": {"size": TEXT_PX + 1}, "align": "left"},
        xaxis=axis,
        yaxis=axis,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
    )
    figure.update_layout(**layout)
    return figure


def rows_canvas(colours: Palette, labels: Sequence[str], said: Sequence[str], *, right: int = 96) -> go.Figure:
    """For lying bars: a row a label, and at its end what it amounts to."""
    figure = canvas(colours, height=ROW_PX * len(labels) + EDGE_PX, right=right)
    figure.update_yaxes(
        type="category",
        tickvals=list(range(len(labels))),
        ticktext=[wrapped(label) for label in labels],
        range=[len(labels) - 0.5, -0.5],
        showgrid=False,
        tickfont={"color": colours.ink},
    )
    figure.update_yaxes(type="linear")
    for place, text in enumerate(said):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=place,
            text=text,
            showarrow=False,
            align="left",
            font={"color": colours.ink, "size": TEXT_PX},
        )
    return figure


def wrapped(label: str) -> str:
    """A label in short lines."""
    return "<br>".join(textwrap.wrap(escaped(label), LABEL_CHARS)) or "–"


def escaped(text: str) -> str:
    """Text that Plotly does not take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def time_unit(seconds: float) -> tuple[float, str]:
    """The unit that suits an axis up to this many seconds, and its name."""
    for size, name in ((DAY_S, "days"), (HOUR_S, "h"), (MINUTE_S, "min"), (1, "s")):
        if seconds >= 2 * size:
            return size, name
    return 0.001, "ms"
