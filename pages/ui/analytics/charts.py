"""Bars, courses and spreads of a metric as Plotly figures; what is chosen in them is told by its id."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from agent import Bar
from pages.ui.analytics.canvas import CHART_PX, SHORT_TICKS_S, TEXT_PX, canvas, escaped, rows_canvas, time_unit
from pages.ui.analytics.numbers import SIGNED, duration, interval, shown
from pages.ui.analytics.palette import Palette

HOVER = "%{hovertext}<extra></extra>"
MONTH = len("2026-01")
MARKER_PX = 7
LABEL = 8
MANY_POINTS = 45


@dataclass(frozen=True, kw_only=True)
class Row:
    """A lying bar: `said` stands at its end, `told` is shown while the pointer rests on it."""

    id: str
    label: str
    value: float
    said: str
    told: str
    low: float | None = None
    high: float | None = None
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A course with its name; ids of its points are `<prefix><key>`."""

    name: str
    bars: Sequence[Bar]
    unit: str
    prefix: str = ""
    colour: str = ""


def row_bars(rows: Sequence[Row], colours: Palette, *, percent: bool = False, prefix: str = "") -> go.Figure:
    """Lying bars with what they amount to; with error bars where there is an interval."""
    figure = rows_canvas(colours, [row.label for row in rows], [row.said for row in rows])
    errors = None
    if any(row.high is not None for row in rows):
        errors = {
            "type": "data",
            "symmetric": False,
            "array": [(row.high or row.value) - row.value for row in rows],
            "arrayminus": [row.value - (row.low if row.low is not None else row.value) for row in rows],
            "color": colours.ink,
            "thickness": 1.4,
            "width": 4,
        }
    figure.add_bar(
        x=[row.value for row in rows],
        y=list(range(len(rows))),
        orientation="h",
        width=0.56,
        marker={"color": [row.colour or colours.line for row in rows], "line": {"width": 0}},
        error_x=errors,
        customdata=[row.id for row in rows],
        hovertext=[row.told for row in rows],
        hovertemplate=HOVER,
        **STILL,
    )
    figure.update_xaxes(rangemode="tozero", nticks=5, tickformat=".0%" if percent else ",", tickprefix=prefix)
    return figure


STILL = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""What is chosen opens a list; the rest of the chart does not fade."""


def course(lines: Sequence[Line], colours: Palette) -> go.Figure:
    """One or a few lines over time; a single share has its interval as a band."""
    figure = canvas(colours, right=14 if len(lines) == 1 else 104)
    unit = lines[0].unit
    values = [bar.figure.value for line in lines for bar in line.bars if bar.figure.value is not None]
    size, name = time_unit(max(values, default=0)) if unit == "seconds" else (1.0, "")
    if len(lines) == 1 and unit == "share":
        _draw_band(figure, lines[0].bars, colours)
    for place, line in enumerate(lines):
        _draw_line(figure, line, line.colour or colours.hues[place % len(colours.hues)], size)
    if len(lines) > 1:
        _name_ends(figure, lines, colours)
    _dress(figure, unit, name)
    return figure


def stack(lines: Sequence[Line], colours: Palette) -> go.Figure:
    """Counts over time, one above the other."""
    figure = canvas(colours, height=300, barmode="stack", showlegend=True, bargap=0.25, legend_traceorder="normal")
    for line in lines:
        figure.add_bar(
            name=line.name,
            x=[when(bar.label) for bar in line.bars],
            y=[bar.figure.value for bar in line.bars],
            marker={"color": line.colour, "line": {"width": 0}},
            customdata=[f"{line.prefix}{bar.key}" for bar in line.bars],
            hovertext=[told(bar, "count", f"{line.name}, ") for bar in line.bars],
            hovertemplate=HOVER,
            **STILL,
        )
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",")
    figure.update_xaxes(type="date", tickformat="%-d %b\n%Y", showgrid=False, nticks=7)
    return figure


def columns(rows: Sequence[Row], colours: Palette) -> go.Figure:
    """Standing bars in their order, each with its count above it."""
    figure = canvas(colours)
    figure.add_bar(
        x=[_short(row.label) for row in rows],
        y=[row.value for row in rows],
        text=[row.said for row in rows],
        textposition="outside",
        cliponaxis=False,
        marker={"color": [row.colour or colours.line for row in rows], "line": {"width": 0}},
        customdata=[row.id for row in rows],
        hovertext=[row.told for row in rows],
        hovertemplate=HOVER,
        **STILL,
    )
    figure.update_layout(bargap=0.2, margin_t=22)
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",")
    return figure


def spreads(rows: Sequence[Row], colours: Palette, *, right: int = 128) -> go.Figure:
    """A dot at the value and a diamond at `high`, joined: the usual case and the slow one, in seconds."""
    figure = rows_canvas(colours, [row.label for row in rows], [row.said for row in rows], right=right)
    most = max((row.high or row.value for row in rows), default=0)
    least = min((row.value for row in rows if row.value > 0), default=most)
    size, name = time_unit(most)
    wide = most > WIDE * least
    if wide:
        size = 1
        ticks = [tick for tick in SHORT_TICKS_S if least / 2 <= tick <= 2 * most]
        figure.update_xaxes(type="log", tickvals=ticks, ticktext=[duration(tick) for tick in ticks], tickangle=0)
    else:
        figure.update_xaxes(rangemode="tozero", nticks=4, ticksuffix=f" {name}", tickangle=0)
    for place, row in enumerate(rows):
        figure.add_scatter(
            x=[row.value / size, (row.high or row.value) / size],
            y=[place, place],
            mode="lines",
            line={"color": colours.band, "width": 9},
            hoverinfo="skip",
        )
    _draw_dots(figure, rows, [row.value / size for row in rows], (colours.line, "circle"))
    _draw_dots(figure, rows, [row.high / size if row.high else None for row in rows], (colours.bad, "diamond"))
    return figure


WIDE = 50
"""Where the longest time is so many times the shortest, equal steps on the axis are equal factors."""


def _draw_dots(figure: go.Figure, rows: Sequence[Row], x: Sequence[float | None], look: tuple[str, str]) -> None:
    colour, symbol = look
    figure.add_scatter(
        x=x,
        y=list(range(len(rows))),
        mode="markers",
        marker={"color": colour, "size": 11, "symbol": symbol},
        customdata=[row.id for row in rows],
        hovertext=[row.told for row in rows],
        hovertemplate=HOVER,
        **STILL,
    )


def when(label: str) -> str:
    """A day for the axis; months of the desk are written without one."""
    return f"{label}-01" if len(label) == MONTH else label


def in_words(label: str) -> str:
    """A day or month as people write it."""
    day = date.fromisoformat(when(label))
    return day.strftime("%B %Y") if len(label) == MONTH else day.strftime("%-d %b %Y")


def told(bar: Bar, unit: str, before: str = "") -> str:
    """A point in words."""
    figure = bar.figure
    said = f"{before}{in_words(bar.label)}: <b>{shown(figure.value, unit)}</b>"
    if unit == "share":
        return f"{said}<br>{hits(bar):,} of {figure.n:,}<br>95 % interval {interval(figure)}"
    return said if unit == "count" else f"{said}<br>of {figure.n:,}"


def hits(bar: Bar) -> int:
    """How many rows of a share count."""
    return round((bar.figure.value or 0) * bar.figure.n)


def _short(label: str) -> str:
    """A span like 0.1–0.2 in two lines, so that ten of them fit."""
    return "<br>".join(textwrap.wrap(label, LABEL)) if "–" not in label else label.replace("–", "–<br>", 1)


def _draw_band(figure: go.Figure, bars: Sequence[Bar], colours: Palette) -> None:
    known = [bar for bar in bars if bar.figure.low is not None]
    x = [when(bar.label) for bar in known]
    quiet = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=x, y=[bar.figure.high for bar in known], **quiet)
    figure.add_scatter(x=x, y=[bar.figure.low for bar in known], fill="tonexty", fillcolor=colours.band, **quiet)


def _draw_line(figure: go.Figure, line: Line, colour: str, size: float) -> None:
    values = [None if bar.figure.value is None else bar.figure.value / size for bar in line.bars]
    figure.add_scatter(
        name=line.name,
        x=[when(bar.label) for bar in line.bars],
        y=values,
        mode="lines+markers",
        connectgaps=True,
        line={"color": colour, "width": 2.4},
        marker={"color": colour, "size": MARKER_PX if len(values) < MANY_POINTS else MARKER_PX - 2},
        customdata=[f"{line.prefix}{bar.key}" for bar in line.bars],
        hovertext=[told(bar, line.unit, f"{escaped(line.name)}, ") for bar in line.bars],
        hovertemplate=HOVER,
        **STILL,
    )


def _name_ends(figure: go.Figure, lines: Sequence[Line], colours: Palette) -> None:
    """Each line's name and last value beside its end, moved apart where they would cover each other."""
    ends = []
    for place, line in enumerate(lines):
        last = next((bar for bar in reversed(line.bars) if bar.figure.value is not None), None)
        if last is not None and last.figure.value is not None:
            ends.append((last.figure.value, last, line, line.colour or colours.hues[place % len(colours.hues)]))
    values = [bar.figure.value for line in lines for bar in line.bars if bar.figure.value is not None]
    apart = (max(values, default=1) or 1) * (3.3 * TEXT_PX / (CHART_PX - EDGES))
    height = float("-inf")
    for value, last, line, colour in sorted(ends, key=lambda end: end[0]):
        height = max(value, height + apart)
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=height,
            text=f"{escaped(line.name)}<br>{shown(last.figure.value, line.unit)}",
            showarrow=False,
            align="left",
            font={"color": colour, "size": TEXT_PX},
        )


EDGES = 60


def _dress(figure: go.Figure, unit: str, name: str) -> None:
    figure.update_xaxes(type="date", tickformat="%-d %b\n%Y", showgrid=False, nticks=6)
    figure.update_yaxes(nticks=5)
    if unit == "share":
        figure.update_yaxes(rangemode="tozero", tickformat=".0%")
    elif unit == SIGNED:
        figure.update_yaxes(rangemode="tozero", tickformat="+.2~f", zeroline=True)
    elif unit == "USD":
        figure.update_yaxes(rangemode="tozero", tickprefix="$")
    else:
        figure.update_yaxes(rangemode="tozero", tickformat="," if not name else None, ticksuffix=f" {name}")
