"""Frontier: how often a person is asked against how often one is missed, along one threshold."""

import plotly.graph_objects as go
import streamlit as st

from agent import Comparison, Desk, FactFilter, Frontier, FrontierPoint, PolicyOutcome
from pages.ui.access.identity import current_identity
from pages.ui.analytics.behind import Point, Scene
from pages.ui.analytics.canvas import canvas
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.charts import HOVER
from pages.ui.analytics.palette import Palette, palette
from pages.ui.calibration.calibration_words import field_name, setting
from pages.ui.calibration.conflicts import tried_policy
from pages.ui.calibration.draft import draft_on
from pages.ui.calibration.estimate_words import between, said, why_not
from pages.ui.calibration.reckoning import reckoning
from pages.ui.calibration.span_filter import ask_span
from pages.ui.calibration.thresholds_view import draw_no_turns

FIELDS = ("min_relevance", "min_answer_confidence")
FILE_HEAD = ("threshold", "to_person", "low", "high", "n", "missed", "low", "high", "n", "not_known", "why")
HEAD = ("Threshold", "Goes to a person", "Missed", "Looked at", "Not known")
HEIGHT = 340


def draw_frontier(desk: Desk) -> None:
    """A curve for each threshold of answers, with the policy in force and the tried one on it."""
    span, identity = ask_span(), current_identity()
    desk.calibration.policies(identity)  # may this person still look?
    draft = draft_on(desk.policy)
    tried, _wrong = tried_policy(desk, draft)
    policy = tried or draft.base
    with st.spinner("Replaying past turns", show_time=False):
        found = reckoning().compare(desk, identity, draft.base, policy, span)
        if not found.first.turns:
            draw_no_turns(span)
            return
        curves = [reckoning().frontier(desk, identity, field, policy, span) for field in FIELDS]
    _draw_basis(changed=policy != draft.base, wrong=tried is None)
    scene = Scene(desk=desk, identity=identity, wanted=FactFilter(), colours=palette(), lists={})
    for place, curve in zip(st.columns(2, gap="small"), curves, strict=True):
        with place:
            draw_chart(scene, frontier_chart(curve, found, scene.colours, tried=policy != draft.base))


def frontier_chart(curve: Frontier, found: Comparison, colours: Palette, *, tried: bool) -> Chart:
    """The curve with its marks; without a picture where nobody can know what is missed."""
    known = [point for point in curve.points if point.missed.value is not None]
    name = field_name(curve.field)
    first, last = curve.points[0], curve.points[-1]
    spread = (
        f"from {said(first.escalation_rate)} at {setting(first.threshold)} to {said(last.escalation_rate)} at "
        f"{setting(last.threshold)}"
    )
    reason = why_not(curve.points[0].missed) or "nobody looked"
    hidden = len(curve.points) - len(known)
    return Chart(
        id=f"frontier_{curve.field}",
        title=name,
        means="Each point is one value of the threshold, everything else being as it is set. To the right more goes "
        "to a person; lower is better: less is missed.",
        says=f"A person gets {spread}.",
        figure=_picture(known, found, colours, tried=tried) if known else None,
        head=HEAD,
        file_head=FILE_HEAD,
        points=[_point(point) for point in curve.points],
        note=f"{hidden} values are left out: what they miss is unknown." if known and hidden else "",
        empty=f"What is missed is unknown: {reason}. A person would get {spread}. Label a blind sample to know more.",
    )


def _draw_basis(*, changed: bool, wrong: bool) -> None:
    if wrong:
        st.warning("Some settings under “Thresholds” do not fit together; the curves are of the policy in force.")
    elif changed:
        st.caption("Everything else is as you set it under “Thresholds”; so the policy in force may lie off the curve.")
    else:
        st.caption("Everything else is as in the policy in force. What you try under “Thresholds” is marked here too.")


def _picture(known: list[FrontierPoint], found: Comparison, colours: Palette, *, tried: bool) -> go.Figure:
    figure = canvas(colours, height=HEIGHT, showlegend=True, margin_t=40)
    x = [point.escalation_rate.value for point in known]
    quiet = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(x=x, y=[point.missed.high for point in known], **quiet)
    figure.add_scatter(x=x, y=[point.missed.low for point in known], fill="tonexty", fillcolor=colours.band, **quiet)
    figure.add_scatter(
        name="By threshold",
        x=x,
        y=[point.missed.value for point in known],
        mode="lines+markers",
        line={"color": colours.line, "width": 2},
        marker={"color": colours.line, "size": 6},
        hovertext=[_told(point) for point in known],
        hovertemplate=HOVER,
    )
    _mark(figure, "In force", found.first, colours.ink, "circle")
    if tried:
        _mark(figure, "As you set it", found.second, colours.bad, "diamond")
    figure.update_xaxes(tickformat=".0%", nticks=6, title={"text": "goes to a person", "standoff": 8})
    figure.update_yaxes(tickformat=".0%", nticks=5, rangemode="tozero", title={"text": "missed", "standoff": 8})
    return figure


def _mark(figure: go.Figure, name: str, outcome: PolicyOutcome, colour: str, symbol: str) -> None:
    if outcome.missed.value is None:
        return
    rate, missed = outcome.escalation_rate, outcome.missed
    figure.add_scatter(
        name=name,
        x=[rate.value],
        y=[missed.value],
        mode="markers",
        marker={"color": colour, "size": 13, "symbol": symbol, "line": {"width": 2, "color": colour}},
        hovertext=[f"<b>{name}</b><br>{said(rate)} to a person<br>{said(missed)} missed ({between(missed)})"],
        hovertemplate=HOVER,
    )


def _told(point: FrontierPoint) -> str:
    rate, missed = point.escalation_rate, point.missed
    return (
        f"<b>Threshold {setting(point.threshold)}</b><br>{said(rate)} to a person ({between(rate)})<br>"
        f"{said(missed)} missed ({between(missed)})<br>{missed.n:,} looked at"
    )


def _point(point: FrontierPoint) -> Point:
    rate, missed = point.escalation_rate, point.missed
    return Point(
        id=str(point.threshold),
        label=setting(point.threshold),
        cells=(setting(point.threshold), said(rate), said(missed), f"{missed.n:,}", f"{point.not_known:,}"),
        raw=(
            point.threshold,
            *(rate.value, rate.low, rate.high, rate.n),
            *(missed.value, missed.low, missed.high, missed.n),
            point.not_known,
            missed.why,
        ),
    )
