"""Reliability: whether the desk is right as often as it is sure."""

import plotly.graph_objects as go
import streamlit as st

from agent import Desk, FactFilter, ReliabilityBin, ReliabilityPlot
from pages.ui.access.identity import current_identity
from pages.ui.analytics.behind import Point, Scene
from pages.ui.analytics.canvas import canvas
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.charts import HOVER
from pages.ui.analytics.numbers import many, percent
from pages.ui.analytics.palette import Palette, palette
from pages.ui.calibration.comparison_panel import interval_bars
from pages.ui.calibration.estimate_words import between, said, why_not

HEAD = ("Sure", "On average", "Right", "95 % interval", "Cases")
FILE_HEAD = ("from", "to", "predicted", "right", "low", "high", "n")
HEIGHT = 360
DOT_PX, MOST_PX = 8, 22


def draw_reliability(desk: Desk) -> None:
    """Two plots: how relevant articles are, and how sure of what is wanted."""
    identity = current_identity()
    st.caption(
        "Where a dot lies on the dashed line, the desk is right as often as it says. Above it the desk is too modest, "
        "below it too sure. All judged turns count, of all days."
    )
    scene = Scene(desk=desk, identity=identity, wanted=FactFilter(), colours=palette(), lists={})
    for place, plot in zip(st.columns(2, gap="small"), desk.calibration.reliability(identity), strict=True):
        with place:
            draw_chart(scene, reliability_chart(plot, scene.colours))


def reliability_chart(plot: ReliabilityPlot, colours: Palette) -> Chart:
    """Bins with their intervals against the diagonal."""
    error = plot.error
    told = (
        f"Expected calibration error {said(error)} ({between(error)}), over {many(plot.n, 'judged case')}."
        if error.value is not None
        else f"Nobody can know: {why_not(error)}."
    )
    return Chart(
        id=f"reliability_{plot.what.split()[0]}",
        title=plot.what[:1].upper() + plot.what[1:],
        means="Expected calibration error: how far on average being sure and being right lie apart; 0 is best.",
        says=told,
        figure=_picture(plot, colours) if plot.bins else None,
        head=HEAD,
        file_head=FILE_HEAD,
        points=[_point(one) for one in plot.bins],
        note=plot.note if plot.bins else "",
        empty=f"{told} Look at turns under “Label”, or decide reviews; then this fills.",
    )


def _picture(plot: ReliabilityPlot, colours: Palette) -> go.Figure:
    figure = canvas(colours, height=HEIGHT)
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": colours.rest, "dash": "dash", "width": 1.5}, hoverinfo="skip"
    )
    most = max(one.n for one in plot.bins)
    figure.add_scatter(
        x=[one.predicted for one in plot.bins],
        y=[one.right.value for one in plot.bins],
        mode="markers",
        marker={
            "color": colours.line,
            "size": [DOT_PX + (MOST_PX - DOT_PX) * (one.n / most) ** 0.5 for one in plot.bins],
            "opacity": 1,
        },
        error_y=interval_bars([one.right for one in plot.bins], colours.line),
        hovertext=[_told(one) for one in plot.bins],
        hovertemplate=HOVER,
    )
    figure.update_xaxes(range=[-0.03, 1.03], tickformat=".0%", nticks=6, title={"text": "how sure", "standoff": 8})
    figure.update_yaxes(range=[-0.03, 1.03], tickformat=".0%", nticks=6, title={"text": "how often right"})
    return figure


def _told(one: ReliabilityBin) -> str:
    return (
        f"Sure: {percent(round(one.predicted, 3))}<br>Right: <b>{said(one.right)}</b> ({between(one.right)})<br>"
        f"{many(one.n, 'case')}"
    )


def _point(one: ReliabilityBin) -> Point:
    right = one.right
    return Point(
        id=f"{one.low:.1f}",
        label=f"{percent(one.low)} to {percent(one.high)}",
        cells=(
            f"{percent(one.low)} to {percent(one.high)}",
            percent(one.predicted),
            said(right),
            between(right),
            f"{one.n:,}",
        ),
        raw=(one.low, one.high, one.predicted, right.value, right.low, right.high, one.n),
    )
