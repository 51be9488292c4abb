"""Money: what customers asked for, what people approved, what was paid, and whether the two agree."""

import streamlit as st

from agent import MoneyLine
from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.chart_card import Chart, draw_chart
from pages.ui.analytics.charts import Row, row_bars
from pages.ui.analytics.kpi_panel import draw_kpis
from pages.ui.analytics.numbers import SYMBOLS, money

KPIS = ("approval_rate", "denial_rate", "time_to_decision", "expired")
STAGES = (
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("denied", "Denied or expired"),
    ("issued", "Issued"),
    ("on_the_way", "On the way"),
)


def draw_money(scene: Scene) -> None:
    """A chart a currency, and whether the ledger agrees with the approvals."""
    draw_kpis(scene, KPIS)
    lines = scene.desk.analytics.money(scene.wanted)
    if not lines:
        with st.container(border=True, key="no_money"):
            st.markdown("**No refund was asked for in this span.**")
            st.caption("With the first one, the amounts show up here: asked for, approved, denied and paid.")
        return
    for line in lines:
        _draw_agreement(line)
        draw_chart(scene, chart(scene, line))


def _draw_agreement(line: MoneyLine) -> None:
    if line.unexplained:
        amount = money(line.unexplained, line.currency).replace("$", "\\$")
        st.error(
            f"{amount} was issued without an approval of the same amount. Open “Not explained” in the table below.",
            title=f"The ledger and the approvals in {line.currency} do not agree",
            icon=":material/error:",
        )
    else:
        nothing = money(0, line.currency).replace("$", "\\$")
        st.success(
            f"Ledger minus approvals is {nothing} in {line.currency}: all that was paid was approved by a person.",
            icon=":material/verified:",
        )


def chart(scene: Scene, line: MoneyLine) -> Chart:
    """The amounts of one currency by what became of them."""
    currency = line.currency
    stages = [*STAGES, ("unexplained", "Not explained")] if line.unexplained else STAGES
    amounts = {stage: int(getattr(line, stage)) for stage, _ in stages}
    colours = {"denied": scene.colours.rest, "on_the_way": scene.colours.warn, "unexplained": scene.colours.bad}
    counted = dict.fromkeys(amounts, 0) | {
        bar.key.partition(":")[2]: bar.figure.n
        for bar in scene.desk.analytics.bars("reviews", "money", scene.wanted)
        if bar.key.startswith(f"{currency}:")
    }
    rows = [
        Row(
            id=stage,
            label=name,
            value=amounts[stage] / 100,
            said=f"<b>{money(amounts[stage], currency)}</b><br>{counted[stage]:,} refunds",
            told=f"{name}: {money(amounts[stage], currency)} in {counted[stage]:,} refunds",
            colour=colours.get(stage, ""),
        )
        for stage, name in stages
    ]
    approved, asked = money(amounts["approved"], currency), money(amounts["requested"], currency)
    waiting = f"{money(amounts['on_the_way'], currency)} is approved and not paid out yet."
    return Chart(
        id=f"money_{currency}",
        title=f"Refunds in {currency}",
        means="Amounts of the refunds that came up in this span: asked for, approved (as changed by the reviewer), "
        "denied or expired, issued by the payment service, and approved but not issued yet.",
        says=f"{approved} of {asked} asked for was approved; {waiting}",
        figure=row_bars(rows, scene.colours, prefix=SYMBOLS.get(currency, "")),
        head=("Stage", "Amount", "Refunds"),
        file_head=("stage", "currency", "amount", "refunds"),
        points=[
            Point(
                id=stage,
                label=name,
                cells=(name, money(amounts[stage], currency), f"{counted[stage]:,}"),
                raw=(stage, currency, f"{amounts[stage] / 100:.2f}", counted[stage]),
                behind=Behind(metric="reviews", wanted=scene.wanted, by="money", key=f"{currency}:{stage}")
                if counted[stage]
                else None,
            )
            for stage, name in stages
        ],
    )
