"""Charts of one metric, made in the same way wherever they stand: by group, over time, by counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent import Bar
from pages.ui.analytics.behind import Behind, Point, Scene
from pages.ui.analytics.chart_card import Chart
from pages.ui.analytics.charts import Line, Row, columns, course, hits, in_words, row_bars, spreads
from pages.ui.analytics.names import word
from pages.ui.analytics.numbers import NOTHING, NOUN, duration, interval, many, percent, shown, unit_of

FEW = 20
"""Groups of fewer rows are left out of charts of shares: their figures jump about."""
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a chart is called in the address and on the page, and the sentence under its title."""

    name: str
    title: str
    says: str
    means: str = ""
    empty: str = Chart.empty


def rates(
    scene: Scene,
    metric: str,
    by: str,
    words: Words,
    *,
    spell: bool = True,
) -> Chart:
    """A share for each group with its interval; small groups are left out, and it is said how many."""
    bars = scene.desk.analytics.bars(metric, by, scene.wanted)
    kept = [bar for bar in bars if bar.figure.n >= FEW]
    kept = sorted(kept, key=lambda bar: -(bar.figure.value or 0))[:SHOWN]
    named = word if spell else str
    hidden = sum(bar.figure.n < FEW for bar in bars)
    note = f"{many(hidden, 'group')} with fewer than {FEW} left out." if hidden else ""
    rows = [
        Row(
            id=bar.key,
            label=named(bar.label),
            value=bar.figure.value or 0,
            low=bar.figure.low,
            high=bar.figure.high,
            said=f"<b>{percent(bar.figure.value or 0)}</b><br>of {bar.figure.n:,}",
            told=f"{named(bar.label)}: {hits(bar):,} of {bar.figure.n:,}<br>95 % interval {interval(bar.figure)}",
        )
        for bar in kept
    ]
    return Chart(
        id=words.name,
        title=words.title,
        means=scene.definition(metric),
        says=f"{words.says} {_highest(kept, named)}",
        figure=row_bars(rows, scene.colours, percent=True) if rows else None,
        head=("Group", "Rate", "Counted", "Of", "95 % interval"),
        file_head=("group", "rate", "counted", "of", "low", "high"),
        points=[
            _rate_point(bar, named(bar.label), Behind(metric=metric, wanted=scene.wanted, by=by, key=bar.key))
            for bar in kept
        ],
        note=note,
        empty=f"Every group is smaller than {FEW}: too few to say anything." if hidden else Chart.empty,
    )


def _highest(bars: Sequence[Bar], named: Callable[[str], str]) -> str:
    thin = "The thin lines are 95 % intervals."
    if len(bars) < 2:  # noqa: PLR2004  one group is no comparison
        return thin
    return f"{named(bars[0].label)} has the highest rate, {percent(bars[0].figure.value or 0)}. {thin}"


def over_time(scene: Scene, metrics: Sequence[tuple[str, str]], words: Words) -> Chart:
    """Metrics of one unit as lines over time; each is a metric with the name of its line."""
    known = {one.name: one for one in scene.desk.analytics.definitions()}
    unit, subject = unit_of(known[metrics[0][0]]), known[metrics[0][0]].subject
    found = [(metric, line, scene.desk.analytics.bars(metric, "time", scene.wanted)) for metric, line in metrics]
    alone = len(found) == 1
    points = [
        Point(
            id=f"{metric}:{bar.key}",
            label=f"{'' if alone else f'{line}, '}{in_words(bar.label)}",
            cells=(
                f"{'' if alone else f'{line}, '}{in_words(bar.label)}",
                shown(bar.figure.value, unit),
                f"{hits(bar):,} of {bar.figure.n:,}" if unit == "share" else f"{bar.figure.n:,}",
            ),
            raw=(line, bar.label, "" if bar.figure.value is None else bar.figure.value, bar.figure.n),
            behind=Behind(metric=metric, wanted=scene.wanted, by="time", key=bar.key) if _count(bar, unit) else None,
        )
        for metric, line, bars in found
        for bar in bars
        if bar.figure.n
    ]
    lines = [Line(name=line, bars=bars, unit=unit, prefix=f"{metric}:") for metric, line, bars in found]
    return Chart(
        id=words.name,
        title=words.title,
        means=" ".join(f"{'' if alone else f'{line}: '}{scene.definition(metric)}" for metric, line in metrics),
        says=words.says,
        figure=course(lines, scene.colours) if points else None,
        head=("From", "Value", NOUN[subject].capitalize() + "s"),
        file_head=("line", "from", "value", "rows"),
        points=points,
    )


def counts(
    scene: Scene,
    metric: str,
    by: str,
    words: Words,
    *,
    standing: bool = False,
    hues: dict[str, str] | None = None,
) -> Chart:
    """How many rows of a metric each group has: those that count, for a share."""
    unit = next(one.unit for one in scene.desk.analytics.definitions() if one.name == metric)
    bars = scene.desk.analytics.bars(metric, by, scene.wanted)
    found = [(bar, _count(bar, unit)) for bar in bars]
    if not standing and not hues:
        found = sorted(found, key=lambda pair: -pair[1])
        found = [pair for pair in found if pair[1]]
    total = sum(count for _, count in found)
    rest = len(found) - SHOWN
    shown_bars = found[:SHOWN]
    rows = [
        Row(
            id=bar.key,
            label=bar.label if standing else word(bar.label),
            value=count,
            said=f"{count:,}" if standing else f"<b>{count:,}</b>",
            told=f"{word(bar.label)}: {count:,}, {percent(count / total) if total else NOTHING} of those shown",
            colour=(hues or {}).get(bar.key, ""),
        )
        for bar, count in shown_bars
    ]
    draw = columns if standing else row_bars
    return Chart(
        id=words.name,
        title=words.title,
        means=words.means or scene.definition(metric),
        says=words.says,
        figure=draw(rows, scene.colours) if total else None,
        head=("Group", "Number"),
        file_head=("group", "number"),
        points=[
            Point(
                id=bar.key,
                label=word(bar.label),
                cells=(word(bar.label), f"{count:,}"),
                raw=(bar.label, count),
                behind=Behind(metric=metric, wanted=scene.wanted, by=by, key=bar.key) if count else None,
            )
            for bar, count in shown_bars
        ]
        if total
        else [],
        empty=words.empty,
        note=f"{many(rest, 'smaller group')} not shown." if rest > 0 else "",
    )


def waits(scene: Scene, metric: str, by: str, words: Words, *, spell: bool = True) -> Chart:
    """Median and p90 of a metric in seconds for each group."""
    bars = [bar for bar in scene.desk.analytics.bars(metric, by, scene.wanted) if bar.figure.value is not None]
    bars = sorted(bars, key=lambda bar: -(bar.figure.value or 0))[:SHOWN]
    named = word if spell else str
    rows = [
        Row(
            id=bar.key,
            label=named(bar.label),
            value=bar.figure.value or 0,
            high=bar.figure.p90,
            said=f"<b>{duration(bar.figure.value or 0)}</b><br>90 %: {shown(bar.figure.p90, 'seconds')}",
            told=f"{named(bar.label)}: half within {duration(bar.figure.value or 0)}, 90 % within "
            f"{shown(bar.figure.p90, 'seconds')}<br>{bar.figure.n:,} cases, {bar.figure.open:,} of them open",
        )
        for bar in bars
    ]
    return Chart(
        id=words.name,
        title=words.title,
        means=scene.definition(metric),
        says=words.says,
        figure=spreads(rows, scene.colours) if rows else None,
        head=("Group", "Median", "p90", "Cases", "Open"),
        file_head=("group", "median_s", "p90_s", "cases", "open"),
        points=[
            Point(
                id=bar.key,
                label=named(bar.label),
                cells=(
                    named(bar.label),
                    shown(bar.figure.value, "seconds"),
                    shown(bar.figure.p90, "seconds"),
                    f"{bar.figure.n:,}",
                    f"{bar.figure.open:,}",
                ),
                raw=(bar.label, bar.figure.value, bar.figure.p90, bar.figure.n, bar.figure.open),
                behind=Behind(metric=metric, wanted=scene.wanted, by=by, key=bar.key),
            )
            for bar in bars
        ],
    )


def _count(bar: Bar, unit: str) -> int:
    if unit == "share":
        return hits(bar)
    return int(bar.figure.value or 0) if unit == "count" else bar.figure.n


def _rate_point(bar: Bar, label: str, behind: Behind) -> Point:
    figure = bar.figure
    return Point(
        id=bar.key,
        label=label,
        cells=(label, percent(figure.value or 0), f"{hits(bar):,}", f"{figure.n:,}", interval(figure)),
        raw=(bar.label, figure.value, hits(bar), figure.n, figure.low, figure.high),
        behind=behind if hits(bar) else None,
    )
