"""Knowledge and cost: whether the help centre has the answer, how long the steps take, and what it costs."""

import streamlit as st

from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.charts import Row, spreads
from pages.ui.analytics.groups import Words, counts, over_time
from pages.ui.analytics.kpi_panel import draw_kpis
from pages.ui.clock import milliseconds
from pages.ui.words import in_words

KPIS = ("knowledge_hit_rate", "top_score", "reply_time", "tokens", "conversation_cost")
STEPS = 12


def draw_knowledge_cost(scene: Scene) -> None:
    """Hits, relevance, articles; times, tokens, cost."""
    draw_kpis(scene, KPIS)
    found = over_time(
        scene,
        [("knowledge_hit_rate", "Found")],
        Words(
            name="knowledge_course",
            title="Knowledge hit rate over time",
            says="Share of questions whose best article was relevant enough; the band is the 95 % interval.",
        ),
    )
    relevance = counts(
        scene,
        "top_score",
        "top_score",
        Words(
            name="relevance",
            title="Relevance of the best article",
            says="Questions by the relevance of the best article found, from 0 to 1; the far left lacks an article.",
        ),
        standing=True,
    )
    wanted = counts(
        scene,
        "top_score",
        "article",
        Words(
            name="articles",
            title="Most wanted articles",
            says="How often each article was the best one for a question.",
            means="Questions for the help centre by the article that fitted best, relevant enough or not.",
        ),
    )
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(scene, found)
    with right:
        draw_chart(scene, relevance)
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(scene, wanted)
    with right:
        draw_chart(scene, steps(scene))
    _draw_costs(scene)


def _draw_costs(scene: Scene) -> None:
    tokens = over_time(
        scene,
        [("tokens", "Tokens")],
        Words(
            name="tokens_course",
            title="Tokens a message",
            says="Mean of tokens sent to and received from a language model.",
        ),
    )
    cost = over_time(
        scene,
        [("conversation_cost", "Cost")],
        Words(name="cost_course", title="Cost a conversation", says="Mean cost in USD of the language model's calls."),
    )
    left, right = st.columns(2, gap="small")
    for place, chart in ((left, tokens), (right, cost)):
        with place:
            draw_chart(scene, chart)


def steps(scene: Scene) -> Chart:
    """The slowest steps of the graph with their median and p95."""
    times = scene.desk.analytics.node_times(scene.wanted)[:STEPS]
    rows = [
        Row(
            id=one.node,
            label=in_words(one.node),
            value=one.p50 / 1000,
            high=one.p95 / 1000,
            said=f"<b>{milliseconds(one.p50)}</b><br>95 %: {milliseconds(one.p95)}",
            told=f"{in_words(one.node)}: half within {milliseconds(one.p50)}, 95 % within {milliseconds(one.p95)}"
            f"<br>{one.n:,} messages",
        )
        for one in times
    ]
    return Chart(
        id="steps",
        title="How long each step takes",
        means="Milliseconds of each step of the graph over the messages that passed it: the median, and the time "
        "within which 95 % were done. Waiting for a person is not in it.",
        says="The slowest steps first: the dot is the median, the diamond 95 %.",
        figure=spreads(rows, scene.colours) if rows else None,
        head=("Step", "Median", "p95", "Messages"),
        file_head=("step", "p50_ms", "p95_ms", "messages"),
        points=[
            Point(
                id=one.node,
                label=in_words(one.node),
                cells=(in_words(one.node), milliseconds(one.p50), milliseconds(one.p95), f"{one.n:,}"),
                raw=(one.node, one.p50, one.p95, one.n),
                behind=Behind(metric="messages", wanted=scene.wanted, by="node", key=one.node),
            )
            for one in times
        ],
    )
