"""Figures as people read them: 12.4 %, 39 min, $1,250."""

from collections.abc import Callable, Mapping

from agent import Definition, Figure
from pages.ui.clock import DAY_S, HOUR_S, span

NOTHING = "–"
MINUTE_S = 60
SMALL_S = 10
SHORT_S = 600
"""Below ten minutes the seconds count too."""
WHOLE = 100
"""From here on, cents tell nobody anything."""

SIGNED = "signed"
"""The unit of scores that lie on both sides of 0."""

NOUN = {"turns": "message", "conversations": "conversation", "reviews": "case", "ratings": "rating"}
"""What a metric's subject is called."""

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def unit_of(one: Definition) -> str:
    """The unit for showing a metric's values."""
    return SIGNED if one.name in {"mood", "mood_gain"} else one.unit


def shown(value: float | None, unit: str) -> str:
    """A value in its unit; a dash where there is none."""
    if value is None:
        return NOTHING
    return WRITTEN[unit](value) if unit in WRITTEN else f"{value:,.0f}"


def percent(share: float) -> str:
    """A share as 12.4 %; whole ones without the zero."""
    return f"{100 * share:.1f}".removesuffix(".0") + "\u00a0%"  # no line ends before the sign


def duration(seconds: float) -> str:
    """Seconds in at most two units, from milliseconds to days."""
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < MINUTE_S:
        return f"{seconds:.1f}".removesuffix(".0") + " s" if seconds < SMALL_S else f"{seconds:.0f} s"
    if seconds < SHORT_S:
        minutes, rest = divmod(round(seconds), MINUTE_S)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    if seconds < 2 * DAY_S:
        return span(int(seconds)) if seconds >= HOUR_S else f"{seconds / MINUTE_S:.0f} min"
    return f"{seconds / DAY_S:.1f} days"


def dollars(amount: float) -> str:
    """US dollars; small ones with as many decimals as they need."""
    if amount == 0:
        return "$0"
    if amount < 1:
        return f"${amount:.2g}" if amount >= 0.0001 else "< $0.0001"  # noqa: PLR2004  less than that is read as nothing
    return f"${amount:,.0f}" if amount >= WHOLE else f"${amount:,.2f}"


def money(minor: int, currency: str) -> str:
    """An amount of minor units, with cents only where they matter."""
    amount = minor / 100
    figure = f"{amount:,.0f}" if minor % 100 == 0 or abs(amount) >= 10 * WHOLE else f"{amount:,.2f}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{figure}" if symbol else f"{figure} {currency}"


def change(now: Figure, before: Figure | None, unit: str) -> str | None:
    """How much a figure moved; None where there is nothing to compare with."""
    if before is None or now.value is None or before.value is None:
        return None
    moved = now.value - before.value
    sign = "−" if moved < 0 else "+"
    if unit == "share":
        size = round(100 * abs(moved), 1)
        return f"{sign}{size:g} points" if size else "no change"
    if unit == "count":
        return _relative(moved, before.value)
    said = shown(abs(moved), unit).lstrip("+")
    return "no change" if said in {shown(0.0, unit), "0 ms"} else f"{sign}{said}"


def _relative(moved: float, before: float) -> str | None:
    if not before:
        return None
    size = round(100 * moved / before)
    return f"{size:+d} %".replace("-", "−") if size else "no change"


def interval(figure: Figure) -> str:
    """The 95 % interval of a share; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{percent(figure.low)} to {percent(figure.high)}"


def many(count: int, thing: str) -> str:
    """The number with its noun in the right form."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0"


WRITTEN: Mapping[str, Callable[[float], str]] = {
    "share": percent,
    "seconds": duration,
    "USD": dollars,
    SIGNED: _signed,
    "score": "{:.2f}".format,
    "stars": "{:.1f}".format,
}
