"""People: how long cases wait for them, whether they are in time, and what they decide."""

import streamlit as st

from pages.ui.analytics.behind import Scene
from pages.ui.analytics.chart_card import draw_chart
from pages.ui.analytics.groups import Words, counts, rates, waits
from pages.ui.analytics.kpi_panel import draw_kpis
from pages.ui.analytics.waiting_chart import waiting_chart

KPIS = (
    "time_to_decision",
    "time_to_claim",
    "review_time",
    "sla_met",
    "open_reviews",
    "approval_rate",
    "denial_rate",
    "edit_rate",
    "expired",
)


def draw_people(scene: Scene) -> None:
    """Waiting, work at hand, timeliness; single reviewers for those who lead."""
    draw_kpis(scene, KPIS)
    draw_chart(scene, waiting_chart(scene))
    by_category = waits(
        scene,
        "time_to_decision",
        "category",
        Words(
            name="decision_by_category",
            title="Time to decision by category",
            says="The dot is the median, the diamond the time within which nine in ten are decided.",
        ),
    )
    ageing = counts(
        scene,
        "open_reviews",
        "age",
        Words(
            name="ageing",
            title="How old open cases are",
            says="Cases that nobody has decided yet, by how long they have been open.",
            empty="No case is open: everything is decided.",
        ),
        standing=True,
    )
    hues = {
        "hit": scene.colours.good,
        "missed": scene.colours.bad,
        "open_past_due": scene.colours.warn,
        "open": scene.colours.rest,
    }
    timely = counts(
        scene,
        "reviews",
        "sla",
        Words(
            name="sla",
            title="Decided in time?",
            says="Cases by their due time: an urgent one is due sooner.",
            means="Every case has a due time by its priority. Decided by then is in time.",
        ),
        hues=hues,
    )
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(scene, timely)
    with right:
        draw_chart(scene, ageing)
    draw_chart(scene, by_category)
    if scene.leads:
        _draw_reviewers(scene)


def _draw_reviewers(scene: Scene) -> None:
    st.caption("Figures of single people: leads and admins see them, nobody else. They are there to talk about.")
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(
            scene,
            rates(
                scene,
                "approval_rate",
                "reviewer",
                Words(
                    name="approval_by_reviewer",
                    title="Approval rate by reviewer",
                    says="Share of refunds that each person approved.",
                ),
                spell=False,
            ),
        )
    with right:
        draw_chart(
            scene,
            waits(
                scene,
                "review_time",
                "reviewer",
                Words(
                    name="review_time_by_reviewer",
                    title="Review time by reviewer",
                    says="From taking a case up to the decision: the dot is the median, the diamond nine in ten.",
                ),
                spell=False,
            ),
        )
