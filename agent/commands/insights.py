"""figures, rate: what the desk does in numbers, and what customers say of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.model import Bar, FactFilter, Figure

if TYPE_CHECKING:
    from agent.analytics import Analytics

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def figures(
    metric: Annotated[str | None, typer.Argument(help="One metric; without it all of them.")] = None,
    by: Annotated[str | None, typer.Option(help="Divide it: time, intent, category, rule, team, …")] = None,
    since: Day = None,
    until: Day = None,
    zone: Annotated[str, typer.Option(help="The time zone that days belong to.")] = "UTC",
    demo: Annotated[bool, typer.Option(help="Count demo data too.")] = True,
    json: Json = False,
) -> None:
    """Print metrics with their definitions, or one of them divided into groups."""
    with reporting_errors(json), opened() as desk:
        wanted = FactFilter(
            since=since.date() if since else None, until=until.date() if until else None, zone=zone, demo=demo
        )
        if metric is not None and by is not None:
            _print_bars(desk.analytics.bars(metric, by, wanted), json=json)
            return
        found = _figures(desk.analytics, metric, wanted)
        if json:
            print_json(found)
            return
        for one in found:
            say(f"{one['title']:32} {_plain(one['figure'], one['unit']):>14}   {one['text']}")


def rate(
    turn_id: Annotated[str, typer.Argument(help="The turn's id, as `thread` shows it.")],
    rating: Annotated[int, typer.Argument(help="1 (poor) to 5 (good).")],
    comment: Annotated[str, typer.Option(help="In the customer's words.")] = "",
    json: Json = False,
) -> None:
    """Keep what a customer says about a turn."""
    with reporting_errors(json), opened() as desk:
        desk.rate(turn_id, rating, comment)
        if json:
            print_json({"turn_id": turn_id, "rating": rating})
            return
        say(f"Kept: {rating} of 5.")


def _figures(analytics: "Analytics", metric: str | None, wanted: FactFilter) -> list[dict[str, Any]]:
    texts = {one.name: one.model_dump() for one in analytics.definitions()}
    names = [metric] if metric else list(texts)
    made = [(name, analytics.figure(name, wanted)) for name in names]  # raises for a name that is none
    return [{"figure": figure, **texts[name]} for name, figure in made]


def _print_bars(bars: tuple[Bar, ...], *, json: bool) -> None:
    if json:
        print_json(list(bars))
        return
    for bar in bars:
        say(f"{bar.label:32} {_plain(bar.figure, ''):>14}   of {bar.figure.n}")


def _plain(figure: Figure, unit: str) -> str:
    if figure.value is None:
        return "–"
    if unit == "share":
        return f"{figure.value:.1%}"
    if unit == "seconds":
        return f"{figure.value:,.1f} s"
    return f"{figure.value:,.2f}".removesuffix(".00")
