"""Estimates as people read them: a value, how sure it is, and why it is not known."""

from agent import Estimate
from pages.ui.analytics.numbers import money, percent
from pages.ui.history.records import Cell

UNKNOWN = "unknown"
SHARE, LOAD, ERROR = "share", "reviews an hour", "calibration error"
LEAST_LOAD = 0.005


def said(estimate: Estimate) -> str:
    """The value in its unit."""
    return UNKNOWN if estimate.value is None else _shown(estimate.value, estimate.unit)


def between(estimate: Estimate) -> str:
    """The 95 % interval; empty where there is none, or where the value is exact."""
    if estimate.low is None or estimate.high is None or estimate.unit not in {SHARE, LOAD, ERROR}:
        return ""
    low, high = _shown(estimate.low, estimate.unit), _shown(estimate.high, estimate.unit)
    return f"{low.rstrip('%').rstrip()} to {high}"


def why_not(estimate: Estimate) -> str:
    """Why the value is not known, as the end of a sentence."""
    return estimate.why.removeprefix(f"{UNKNOWN}: ") if estimate.value is None else ""


def cell(estimate: Estimate, extra: str = "") -> Cell:
    """Value, interval and number of cases in a table."""
    below = [between(estimate)]
    if estimate.value is not None:
        below.append(f"n = {estimate.n:,}")
    return Cell(text=said(estimate), below=tuple(part for part in (*below, extra) if part))


def moved(before: Estimate, after: Estimate) -> str:
    """By how much a value changed; a dash if that is not known."""
    if before.value is None or after.value is None:
        return "–"
    by = after.value - before.value
    sign = "−" if by < 0 else "+"
    if before.unit == SHARE:
        return f"{sign}{100 * abs(by):.1f} points" if abs(by) >= 0.0005 else "none"  # noqa: PLR2004  less is drawn as 0.0
    if before.unit == LOAD:
        return f"{sign}{abs(by):.2f}" if abs(by) >= LEAST_LOAD else "none"
    return f"{sign}{_shown(abs(by), before.unit)}" if round(100 * by) else "none"


def _shown(value: float, unit: str) -> str:
    if unit == SHARE:
        return percent(value)
    return f"{value:.2f}" if unit in {LOAD, ERROR} else money(round(100 * value), unit)
