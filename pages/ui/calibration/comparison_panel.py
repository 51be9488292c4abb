"""The policy in force beside the tried one: figures with their intervals, and what would change for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from agent import Comparison, Estimate, PolicyOutcome
from pages.ui.analytics.canvas import rows_canvas
from pages.ui.analytics.chart_card import CONFIG
from pages.ui.analytics.charts import HOVER
from pages.ui.analytics.files import csv_file
from pages.ui.analytics.numbers import many, percent
from pages.ui.analytics.palette import Palette
from pages.ui.blocks import facts, show_blocks
from pages.ui.calibration.calibration_words import rule_name
from pages.ui.calibration.estimate_words import SHARE, between, cell, moved, said, why_not
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain

FILE_HEAD = ("figure", "policy", "value", "low", "high", "n", "unit", "why")
APART = 0.17
MOST_RULES = 8


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure of both policies; `cases` are what n counts, the extras stand below each value."""

    name: str
    means: str
    first: Estimate
    second: Estimate
    cases: str
    extras: tuple[str, str] = ("", "")


def draw_comparison(found: Comparison, colours: Palette, *, alone: bool) -> None:
    """The table, the picture, and what would change; with `alone`, the policy in force only."""
    lines = list(figures(found))
    _draw_table(lines, alone=alone)
    _draw_unknown(lines, found, alone=alone)
    shares = [line for line in lines if line.first.unit == SHARE]
    if any(line.first.value is not None or line.second.value is not None for line in shares):
        st.plotly_chart(
            _picture(shares, colours, alone=alone),
            key="shares_picture",
            theme="streamlit",
            config=CONFIG,
            alt=f"Chart: the shares of the table with their intervals. {in_a_sentence(found)}",
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            "CSV",
            csv_file(FILE_HEAD, lambda: list(rows_of(found))),
            file_name="thresholds.csv",
            mime="text/csv",
            key="csv_thresholds",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            f"Replayed on {many(found.first.turns, 'past turn')}, no engine asked again; values with 95 % intervals.",
            width="stretch",
        )
    panel = st.expander("What the figures mean", key="figures_mean", icon=":material/menu_book:", on_change="rerun")
    if panel.open:
        with panel:
            show_blocks([facts([(line.name, line.means) for line in lines])], key="figures_meant")


def draw_difference(found: Comparison) -> None:
    """Which turns would go another way, and by which rules."""
    with st.container(border=True, key="what_would_change", gap="small"):
        st.header("What would change", anchor=False)
        st.markdown(f"**{plain(in_a_sentence(found))}**")
        rules = _rules(found)
        if rules:
            show_records(
                "How many turns each rule sends to a person",
                Columns(head=("Rule", "As it is", "As you set it", "Change"), numeric=(1, 2, 3)),
                [
                    Record(
                        cells=(
                            Cell(text=rule_name(rule)),
                            Cell(text=f"{before:,}"),
                            Cell(text=f"{after:,}"),
                            Cell(text=f"{after - before:+,}".replace("-", "−")),
                        )
                    )
                    for rule, before, after in rules
                ],
                key="rules_that_change",
            )
            st.caption("A turn may count under several rules.")


def figures(found: Comparison) -> Iterator[Line]:
    """Every figure that is compared."""
    first, second = found.first, found.second
    yield Line(
        name="Goes to a person",
        means="Share of turns that a person would get.",
        first=first.escalation_rate,
        second=second.escalation_rate,
        cases="turns",
    )
    yield Line(
        name="Missed",
        means="Share of what no person would see although one is needed, by a blind sample and by reviewers.",
        first=first.missed,
        second=second.missed,
        cases="looked at",
        extras=(_seen(first.missed_seen), _seen(second.missed_seen)),
    )
    yield Line(
        name="False escalations",
        means="Of what a person would get and somebody judged: the share that needed none; no refunds.",
        first=first.false_escalations,
        second=second.false_escalations,
        cases="judged",
        extras=(_seen(first.false_seen), _seen(second.false_seen)),
    )
    yield Line(name="Reviews an hour", means="On average.", first=first.load, second=second.load, cases="hours")
    yield Line(
        name="In a busy hour",
        means="19 of 20 hours have no more.",
        first=first.load_p95,
        second=second.load_p95,
        cases="hours",
    )
    yield from _money("One person pays", first.one_person, second.one_person)
    yield from _money("Two people pay", first.two_people, second.two_people)
    yield from _money("No calling back", first.no_undo, second.no_undo)


def rows_of(found: Comparison) -> Iterator[tuple[Any, ...]]:
    """Every figure of both policies, for a file."""
    for line in figures(found):
        for name, one in (("as it is", line.first), ("as you set it", line.second)):
            yield (line.name, name, one.value, one.low, one.high, one.n, one.unit, one.why)
    for rule, before, after in _rules(found):
        yield (rule_name(rule), "as it is", before, None, None, found.first.turns, "turns", "")
        yield (rule_name(rule), "as you set it", after, None, None, found.second.turns, "turns", "")


def in_a_sentence(found: Comparison) -> str:
    """What would go another way."""
    if not found.to_person and not found.to_desk and found.first.stated == found.second.stated:
        return "No turn would go another way."
    parts = [f"{found.to_person:,} more to a person", f"{found.to_desk:,} fewer"]
    net = found.to_person - found.to_desk
    turns = found.first.turns
    share = f" ({percent(abs(net) / turns)} of all turns {'more' if net > 0 else 'fewer'})" if net and turns else ""
    stated = found.second.stated - found.first.stated
    sent = f" {many(abs(stated), 'answer')} {'more' if stated > 0 else 'fewer'} sent as uncertain." if stated else ""
    return f"{parts[0]}, {parts[1]}{share}.{sent}"


def _rules(found: Comparison) -> list[tuple[str, int, int]]:
    before, after = found.first.rules, found.second.rules
    both = [(rule, before.get(rule, 0), after.get(rule, 0)) for rule in {**before, **after}]
    differing = [each for each in both if each[1] != each[2]]
    return sorted(differing, key=lambda each: -abs(each[2] - each[1]))[:MOST_RULES]


def _seen(count: int) -> str:
    return f"{count:,} known" if count else ""


def _money(name: str, first: Sequence[Estimate], second: Sequence[Estimate]) -> Iterator[Line]:
    before, after = ({one.unit: one for one in each} for each in (first, second))
    for currency in sorted({*before, *after}):
        nothing = Estimate(value=0, low=0, high=0, n=0, unit=currency)
        yield Line(
            name=f"{name}, {currency}",
            means="Refunds that were asked for, as a sum; exact.",
            first=before.get(currency, nothing),
            second=after.get(currency, nothing),
            cases="refunds",
        )


def _draw_table(lines: Sequence[Line], *, alone: bool) -> None:
    head = ("Figure", "As it is") if alone else ("Figure", "As it is", "As you set it", "Change")
    rows = []
    for line in lines:
        cells = [Cell(text=line.name, below=(f"n: {line.cases}",), whole=line.means), cell(line.first, line.extras[0])]
        if not alone:
            cells += [cell(line.second, line.extras[1]), Cell(text=moved(line.first, line.second))]
        rows.append(Record(cells=tuple(cells)))
    show_records(
        "As it is beside as you set it",
        Columns(head=head, numeric=tuple(range(1, len(head)))),
        rows,
        key="comparison_table",
    )


def _draw_unknown(lines: Sequence[Line], found: Comparison, *, alone: bool) -> None:
    """What nobody can know, in sentences."""
    told = []
    for line in lines:
        for name, one in (("as it is", line.first), *(() if alone else (("as you set it", line.second),))):
            if one.value is None:
                told.append(f"{line.name}, {name}: {why_not(one)}.")
    for name, outcome in (("As it is", found.first), *(() if alone else (("As you set it", found.second),))):
        if outcome.not_known:
            told.append(_not_known(name, outcome))
    if told:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in dict.fromkeys(told)))
    if any("blind sample" in sentence for sentence in told):
        st.caption("Under “Label” people look at such a sample; then this can be known.")


def _not_known(name: str, outcome: PolicyOutcome) -> str:
    return (
        f"{name}, {many(outcome.not_known, 'turn')} would be let through to a step that they never reached: what that "
        "would have made of them is not known, and they enter no share."
    )


def _picture(lines: Sequence[Line], colours: Palette, *, alone: bool) -> go.Figure:
    """Shares as dots with their intervals, one policy above the other."""
    figure = rows_canvas(colours, [line.name for line in lines], [""] * len(lines), right=16)
    series = [("As it is", colours.rest, "circle", [line.first for line in lines], -APART)]
    if not alone:
        series.append(("As you set it", colours.line, "diamond", [line.second for line in lines], APART))
    for name, colour, symbol, estimates, shift in series:
        figure.add_scatter(
            name=name,
            x=[one.value for one in estimates],
            y=[place + (0 if alone else shift) for place in range(len(lines))],
            mode="markers",
            marker={"color": colour, "size": 11, "symbol": symbol},
            error_x=interval_bars(estimates, colour),
            hovertext=[
                f"{line.name}, {name.lower()}: <b>{said(one)}</b><br>{between(one)}<br>n = {one.n:,} {line.cases}"
                for line, one in zip(lines, estimates, strict=True)
            ],
            hovertemplate=HOVER,
        )
    figure.update_xaxes(rangemode="tozero", tickformat=".0%", nticks=6)
    figure.update_layout(showlegend=not alone, margin_t=36 if not alone else 10, height=figure.layout.height + 26)
    return figure


def interval_bars(estimates: Sequence[Estimate], colour: str) -> dict[str, Any]:
    """The intervals of estimates as Plotly draws them."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [(one.high or 0) - (one.value or 0) for one in estimates],
        "arrayminus": [(one.value or 0) - (one.low or 0) for one in estimates],
        "color": colour,
        "thickness": 2,
        "width": 5,
    }
