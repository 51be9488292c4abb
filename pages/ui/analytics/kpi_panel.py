"""Key figures with how they moved and their course; each opens the rows behind it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from agent import Figure, Kpi
from pages.ui.analytics.behind import Behind, Scene
from pages.ui.analytics.chart_card import open_list
from pages.ui.analytics.numbers import NOUN, change, duration, shown, unit_of
from pages.ui.blocks import Tone
from pages.ui.frontend import register

KEY = "kpis"
GOOD_UP = {
    "answered_alone",
    "containment",
    "durable_containment",
    "knowledge_hit_rate",
    "mood",
    "mood_gain",
    "rating",
    "response_rate",
    "sla_met",
}
GOOD_DOWN = {
    "conversation_cost",
    "escalation_rate",
    "expired",
    "failed",
    "false_escalations",
    "hitl_rate",
    "open_past_due",
    "open_reviews",
    "reopened",
    "reply_time",
    "review_time",
    "time_to_claim",
    "time_to_decision",
}

_KPIS = register("kpis", css=("kpis.css",), js=("kpis.js",))


def draw_kpis(scene: Scene, names: Sequence[str]) -> None:
    """A card a metric."""
    kpis = scene.desk.analytics.kpis(names, scene.wanted)
    for kpi in kpis:
        one = kpi.definition
        scene.offer(_list_name(one.name), one.title, Behind(metric=one.name, wanted=scene.wanted))
    _KPIS(data={"cards": [card(kpi) for kpi in kpis]}, key=KEY, on_opened_change=_open)


def rows_behind(figure: Figure, unit: str) -> int:
    """How many rows the list of a figure has: those that count, for shares and counts; finished ones, for times."""
    if unit == "share":
        return round((figure.value or 0) * figure.n)
    if unit == "count":
        return int(figure.value or 0)
    return figure.n - figure.open


def card(kpi: Kpi) -> dict[str, Any]:
    """What the card shows, all in words but the course."""
    one, figure = kpi.definition, kpi.figure
    moved = change(figure, kpi.before, unit_of(one))
    count = rows_behind(figure, one.unit)
    return {
        "name": one.name,
        "title": one.title,
        "means": one.text,
        "value": shown(figure.value, unit_of(one)),
        "moved": moved or "",
        "arrow": {"+": "▲", "−": "▼"}.get((moved or " ")[0], ""),
        "tone": _tone(one.name, moved or ""),
        "course": [bar.figure.value for bar in kpi.course if bar.figure.value is not None],
        "below": _below(figure, one.unit, NOUN[one.subject], count),
        "opens": count > 0,
    }


def _open() -> None:
    open_list(_list_name(st.session_state[KEY].opened))


def _list_name(metric: str) -> str:
    return f"kpi.{metric}"


def _below(figure: Figure, unit: str, noun: str, count: int) -> str:
    things = noun if figure.n == 1 else f"{noun}s"
    if unit == "share":
        return f"{count:,} of {figure.n:,} {things}" if figure.n else f"no {noun}s yet"
    if unit == "seconds" and figure.n:
        said = f"90 % in {duration(figure.p90)} · " if figure.p90 is not None else ""
        return f"{said}{count:,} done" + (f", {figure.open:,} open" if figure.open else "")
    return f"{count:,} {things if unit != 'count' or count != 1 else noun}"


def _tone(name: str, moved: str) -> Tone:
    if not moved.startswith(("+", "−")) or name not in GOOD_UP | GOOD_DOWN:
        return ""
    return "good" if moved.startswith("+") == (name in GOOD_UP) else "bad"
