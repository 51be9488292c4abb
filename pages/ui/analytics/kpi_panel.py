"""Key figures with how they moved and their course; each opens the rows behind it."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from agent import Figure, Kpi
from pages.ui.analytics.behind import Behind, Scene
from pages.ui.analytics.chart_card import open_list
from pages.ui.analytics.groups import NOUN
from pages.ui.analytics.numbers import change, duration, shown, unit_of
from pages.ui.plain_text import plain

GRID = """<style>
.st-key-kpis { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12.4rem, 46%), 1fr)); gap: 0.75rem; }
.st-key-kpis > * { width: 100% !important; height: 100%; }
.st-key-kpis button p { text-align: left; }
</style>"""
"""As many cards in a row as there is room for, all of one height: Streamlit's own rows leave ragged edges."""

GOOD_UP = {
    "answered_alone",
    "containment",
    "durable_containment",
    "sla_met",
    "rating",
    "mood",
    "mood_gain",
    "response_rate",
}
GOOD_UP |= {"knowledge_hit_rate"}
GOOD_DOWN = {"escalation_rate", "hitl_rate", "time_to_decision", "time_to_claim", "review_time", "failed", "reopened"}
GOOD_DOWN |= {"conversation_cost", "expired", "false_escalations", "reply_time", "open_reviews", "open_past_due"}
POINTS = 2
"""A course of fewer points is no course."""


def draw_kpis(scene: Scene, names: Sequence[str]) -> None:
    """A card a metric."""
    st.html(GRID)
    with st.container(key="kpis"):
        for kpi in scene.desk.analytics.kpis(names, scene.wanted):
            _draw_card(scene, kpi)


def rows_behind(figure: Figure, unit: str) -> int:
    """How many rows the list of a figure has: those that count, for shares and counts; finished ones, for times."""
    if unit == "share":
        return round((figure.value or 0) * figure.n)
    if unit == "count":
        return int(figure.value or 0)
    return figure.n - figure.open


def _draw_card(scene: Scene, kpi: Kpi) -> None:
    one, figure = kpi.definition, kpi.figure
    with st.container(border=True, key=f"kpi_{one.name}", gap="xsmall"):
        values = [bar.figure.value for bar in kpi.course if bar.figure.value is not None]
        moved = change(figure, kpi.before, unit_of(one))
        st.metric(
            one.title,
            shown(figure.value, unit_of(one)),
            # by the sign of the keyboard Streamlit tells down from up
            moved.replace("−", "-") if moved else None,
            delta_color=_colour(one.name, moved),
            delta_arrow="auto" if moved and moved[0] in "+−" else "off",
            help=plain(one.text),
            chart_data=values if len(values) >= POINTS else None,
            chart_type="line",
        )
        count = rows_behind(figure, one.unit)
        name = scene.offer(f"kpi.{one.name}", one.title, Behind(metric=one.name, wanted=scene.wanted))
        st.button(
            _said(figure, one.unit, NOUN[one.subject], count),
            key=f"open_{one.name}",
            type="tertiary",
            disabled=not count,
            on_click=open_list,
            args=(name,),
        )


def _said(figure: Figure, unit: str, noun: str, count: int) -> str:
    things = noun if figure.n == 1 else f"{noun}s"
    if unit == "share":
        return f"{count:,} of {figure.n:,} {things}"
    if unit == "seconds" and figure.p90 is not None:
        return f"90 % in {duration(figure.p90)} · {count:,} done" + (f", {figure.open:,} open" if figure.open else "")
    return f"{count:,} {things}"


def _colour(name: str, moved: str | None) -> Literal["normal", "inverse", "off"]:
    if moved is None or moved == "no change":
        return "off"
    return "normal" if name in GOOD_UP else "inverse" if name in GOOD_DOWN else "off"
