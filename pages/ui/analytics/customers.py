"""Customers: their mood, what they say of the desk, and whether they were helped for good."""

import streamlit as st

from pages.ui.analytics.behind import Scene
from pages.ui.analytics.chart_card import draw_chart
from pages.ui.analytics.groups import Words, counts, over_time, rates
from pages.ui.analytics.kpi_panel import draw_kpis

KPIS = ("mood", "mood_gain", "rating", "response_rate", "containment", "durable_containment", "reopened")


def draw_customers(scene: Scene) -> None:
    """Mood, ratings, containment."""
    draw_kpis(scene, KPIS)
    mood = over_time(
        scene,
        [("mood", "All messages")],
        Words(
            name="mood_course",
            title="Mood over time",
            says="Mean sentiment of the messages, from −1, furious, to +1, delighted.",
        ),
    )
    gain = over_time(
        scene,
        [("mood_gain", "Change")],
        Words(
            name="mood_gain_course",
            title="Change of mood within a conversation",
            says="Above 0, customers leave in a better mood than they came in.",
        ),
    )
    stars = counts(
        scene,
        "rating",
        "stars",
        Words(
            name="stars",
            title="Ratings",
            says="How many ratings of each value customers gave, from 1, poor, to 5, good.",
            empty="No customer has rated an answer yet.",
        ),
        standing=True,
    )
    answered = over_time(
        scene,
        [("response_rate", "Response rate")],
        Words(
            name="response_course",
            title="How many answers are rated",
            says="Share of answered messages that the customer rated; the band is the 95 % interval.",
        ),
    )
    lasting = over_time(
        scene,
        [("containment", "Contained"), ("durable_containment", "For good"), ("reopened", "Reopened")],
        Words(
            name="containment_course",
            title="Containment over time",
            says="Conversations that needed nobody, those that did so for good, those that came back within 7 days.",
        ),
    )
    for first, second in ((mood, gain), (stars, answered)):
        left, right = st.columns(2, gap="small")
        with left:
            draw_chart(scene, first)
        with right:
            draw_chart(scene, second)
    draw_chart(scene, lasting)
    draw_chart(
        scene,
        rates(
            scene,
            "containment",
            "intent",
            Words(
                name="containment_by_intent",
                title="Containment by intent",
                says="Share of conversations that needed nobody, by what the first message wanted.",
            ),
        ),
    )
