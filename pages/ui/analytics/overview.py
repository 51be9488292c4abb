"""Overview: how the desk does, how much there is, and where it goes."""

from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.charts import Line, in_words, stack
from pages.ui.analytics.flow_chart import flow_chart
from pages.ui.analytics.kpi_panel import draw_kpis
from pages.ui.analytics.names import INTENT
from pages.ui.analytics.numbers import many

KPIS = (
    "messages",
    "answered_alone",
    "escalation_rate",
    "hitl_rate",
    "containment",
    "durable_containment",
    "time_to_decision",
    "sla_met",
    "rating",
    "conversation_cost",
)
INTENTS = ("faq", "order", "refund", "issue", "unknown")


def draw_overview(scene: Scene) -> None:
    """Key figures, the volume, and the way of the messages."""
    draw_kpis(scene, KPIS)
    draw_chart(scene, volume(scene))
    draw_chart(scene, flow_chart(scene))


def volume(scene: Scene) -> Chart:
    """Messages over time, stacked by what they wanted."""
    intents = [scene.wanted.intent] if scene.wanted.intent else INTENTS
    lines, points = [], []
    for intent in intents:
        narrowed = scene.wanted.model_copy(update={"intent": intent})
        bars = scene.desk.analytics.bars("messages", "time", narrowed)
        if not any(bar.figure.value for bar in bars):
            continue
        colour = scene.colours.intents[intent]
        lines.append(Line(name=INTENT[intent], bars=bars, unit="count", prefix=f"{intent}:", colour=colour))
        points += [
            Point(
                id=f"{intent}:{bar.key}",
                label=f"{INTENT[intent]}, {in_words(bar.label)}",
                cells=(f"{in_words(bar.label)}, {INTENT[intent].lower()}", f"{bar.figure.n:,}"),
                raw=(bar.label, intent, bar.figure.n),
                behind=Behind(metric="messages", wanted=narrowed, by="time", key=bar.key),
            )
            for bar in bars
            if bar.figure.n
        ]
    count = sum(point.raw[2] for point in points)
    return Chart(
        id="volume",
        title="Messages by intent",
        means="Messages of customers by what they wanted, on the day, or in the week or month, in which they came.",
        says=f"{many(count, 'message')} in this span. Choose a block to see its messages.",
        figure=stack(lines, scene.colours) if lines else None,
        head=("From, intent", "Messages"),
        file_head=("from", "intent", "messages"),
        points=sorted(points, key=lambda point: point.raw[0]),
    )
