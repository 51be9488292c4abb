"""Escalation: how often a person is asked, why, and whether that was needed."""

import streamlit as st

from pages.ui.analytics.behind import Scene
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.groups import Words, counts, over_time, rates
from pages.ui.analytics.kpi_panel import draw_kpis

KPIS = ("escalation_rate", "hitl_rate", "false_escalations", "edit_rate", "failed")
REASONS = "Of the messages that were handed to a person, how often each rule asked for it; several can at once."


def draw_escalation(scene: Scene) -> None:
    """Rates by kind of message, reasons, and the course."""
    draw_kpis(scene, KPIS)
    by_category = rates(
        scene,
        "escalation_rate",
        "category",
        Words(
            name="escalation_by_category",
            title="Escalation rate by category",
            says="Share of messages handed to a person.",
        ),
    )
    reasons = counts(
        scene,
        "escalation_rate",
        "rule",
        Words(
            name="escalation_reasons",
            title="Why a person was asked",
            says="How often each rule handed a message over; one message can have several reasons.",
            means=REASONS,
        ),
    )
    course = over_time(
        scene,
        [("escalation_rate", "Escalation rate")],
        Words(
            name="escalation_course",
            title="Escalation rate over time",
            says="Share of messages handed to a person; the band is the 95 % interval.",
        ),
    )
    needless = rates(
        scene,
        "false_escalations",
        "rule",
        Words(
            name="false_by_rule", title="False escalations by reason", says="Hand-overs that the reviewer sent back."
        ),
    )
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(scene, by_category)
    with right:
        draw_chart(scene, reasons)
    draw_chart(scene, course)
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(scene, _by(scene, "channel"))
    with right:
        draw_chart(scene, _by(scene, "language"))
    draw_chart(scene, needless)


def _by(scene: Scene, by: str) -> Chart:
    return rates(
        scene,
        "escalation_rate",
        by,
        Words(
            name=f"escalation_by_{by}", title=f"Escalation rate by {by}", says="Share of messages handed to a person."
        ),
    )
