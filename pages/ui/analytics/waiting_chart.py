"""How long cases wait for a decision, as a curve: open cases count as longer than until now."""

from collections.abc import Sequence

import plotly.graph_objects as go

from agent import Curve
from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.canvas import TEXT_PX, TICKS_S, canvas
from pages.ui.analytics.chart_card import Chart
from pages.ui.analytics.charts import HOVER
from pages.ui.analytics.numbers import duration, many, percent
from pages.ui.analytics.palette import Palette

HEIGHT = 330
TICKS = 7
"""More of them would cover each other on a phone."""


def waiting_chart(scene: Scene) -> Chart:
    """The curve with its band, the median and p90."""
    curve = scene.desk.analytics.curve("time_to_decision", scene.wanted)
    wanted = scene.wanted
    decided = curve.n - curve.open
    points = [
        _point("decided", "Decided or expired", decided, Behind(metric="time_to_decision", wanted=wanted)),
        _point("open", "Still open", curve.open, Behind(metric="open_reviews", wanted=wanted)),
        *(_reached(seconds, curve) for seconds in TICKS_S if curve.seconds and seconds <= curve.seconds[-1]),
    ]
    return Chart(
        id="waiting",
        title="How long cases wait for a decision",
        means=scene.definition("time_to_decision"),
        says=_said(curve),
        figure=_drawn(curve, scene.colours) if curve.seconds else None,
        head=("After", "Share still waiting, or number"),
        file_head=("what", "value"),
        points=points if curve.n else [],
        empty=f"{many(curve.open, 'case')} open, none decided yet." if curve.open else Chart.empty,
    )


def _said(curve: Curve) -> str:
    if not curve.seconds:
        return ""
    half = (
        f"Half of the cases are decided within {duration(curve.median)}" if curve.median else "Not half is decided yet"
    )
    most = f"nine in ten within {duration(curve.p90)}" if curve.p90 else "nine in ten not yet"
    still = f"{curve.open:,} of them open, counted as longer than until now" if curve.open else "none of them open"
    return f"{half}, {most}: {many(curve.n, 'case')}, {still}."


def _drawn(curve: Curve, colours: Palette) -> go.Figure:
    figure = canvas(colours, height=HEIGHT)
    begin = max(min((at for at in curve.seconds if at > 0), default=1.0) / 2, 0.5)
    x = [max(at, begin) for at in curve.seconds]
    quiet = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    figure.add_scatter(x=x, y=curve.high, **quiet)
    figure.add_scatter(x=x, y=curve.low, fill="tonexty", fillcolor=colours.band, **quiet)
    figure.add_scatter(
        x=x,
        y=curve.waiting,
        mode="lines",
        line={"color": colours.line, "width": 2.6, "shape": "hv"},
        hovertext=[
            f"After {duration(at)}: {percent(share)} still wait" for at, share in zip(x, curve.waiting, strict=True)
        ],
        hovertemplate=HOVER,
    )
    for at, share, name in ((curve.median, 0.5, "half"), (curve.p90, 0.1, "nine in ten")):
        if at:
            _mark(figure, max(at, begin), share, f"{name}: {duration(at)}", colours)
    ticks = [tick for tick in TICKS_S if begin <= tick <= x[-1]][-TICKS:]
    figure.update_xaxes(
        type="log", tickvals=ticks, ticktext=[duration(tick) for tick in ticks], tickangle=0, showgrid=False
    )
    figure.update_yaxes(range=[0, 1.03], tickformat=".0%", nticks=6)
    return figure


def _mark(figure: go.Figure, at: float, share: float, text: str, colours: Palette) -> None:
    figure.add_scatter(
        x=[at],
        y=[share],
        mode="markers",
        marker={"color": colours.bad, "size": 10, "symbol": "diamond"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=0.0,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=share,
        yanchor="bottom",
        text=text,
        showarrow=False,
        font={"size": TEXT_PX, "color": colours.ink},
    )
    figure.add_hline(y=share, line={"color": colours.bad, "width": 1, "dash": "dot"})


def _reached(seconds: float, curve: Curve) -> Point:
    at: Sequence[float] = [share for when, share in zip(curve.seconds, curve.waiting, strict=True) if when <= seconds]
    share = at[-1]
    return Point(
        id=f"after{seconds}",
        label=duration(seconds),
        cells=(duration(seconds), percent(share)),
        raw=(f"waiting after {seconds} s", share),
    )


def _point(name: str, label: str, count: int, behind: Behind) -> Point:
    return Point(
        id=name, label=label, cells=(label, f"{count:,}"), raw=(label, count), behind=behind if count else None
    )
