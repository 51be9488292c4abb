"""Ways to divide rows into groups; a group has a key, and the list behind a bar is cut by that same key."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from agent.insights.flows import STAGES, amounts_of, ends_of
from agent.insights.periods import edges, starts, step_for
from agent.insights.rows import Rows, Slice
from agent.model import Subject

Codes = npt.NDArray[np.int64]

HOUR_S = 3600
AGES = ((1, "0–1 h"), (4, "1–4 h"), (8, "4–8 h"), (24, "8–24 h"), (float("inf"), "24 h and more"))
"""Upper ends in hours, and what they are called."""

TENTHS = 10


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Each row's group as a number, -1 for none; a row may be in several groups, then there are several rows of codes.

    `keys` names groups to the desk, `labels` to people, in the order in which they are shown.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    codes: tuple[Codes, ...]


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A way to divide, and what it can divide. `ordered` groups keep their order, others come largest first."""

    name: str
    title: str
    subjects: frozenset[Subject]
    groups: Callable[[Rows, Slice], Groups]
    ordered: bool = False


EVERYTHING: frozenset[Subject] = frozenset(("turns", "conversations", "reviews", "ratings"))


def _by_word(name: str) -> Callable[[Rows, Slice], Groups]:
    """By a word of the turn."""

    def groups(rows: Rows, _slice: Slice) -> Groups:
        codes, words = rows.words(name, of_turn=True)
        return Groups(keys=tuple(words), labels=tuple(words), codes=(codes,))

    return groups


def _by_own_word(name: str) -> Callable[[Rows, Slice], Groups]:
    """By a word of the row itself."""

    def groups(rows: Rows, _slice: Slice) -> Groups:
        codes, words = rows.words(name)
        labels = tuple(word.replace("_", " ").replace("-", " ") for word in words)
        return Groups(keys=tuple(words), labels=labels, codes=(codes,))

    return groups


def _by_rule(rows: Rows, _slice: Slice) -> Groups:
    """By each rule that asked for a person."""
    codes, known = rows.words("rules", of_turn=True)
    fired = [{rule for rule in rules.split(",") if rule and not rule.startswith("lane_")} for rules in known]
    names = sorted(set().union(*fired)) if fired else []
    layers = []
    for number, name in enumerate(names):
        having = np.isin(codes, [code for code, rules in enumerate(fired) if name in rules])
        layers.append(np.where(having, number, -1))
    labels = tuple(name.replace("_", " ") for name in names)
    return Groups(keys=tuple(names), labels=labels, codes=tuple(layers))


def _by_time(rows: Rows, cut: Slice) -> Groups:
    """By the day, week or month of the message; of a review, of its opening."""
    step = step_for(cut.since, cut.until)
    days = starts(cut.since, cut.until, step)
    at = rows.times({"created_at": "created_at", "began": "began"}.get(_own_time(rows), "received_at"))
    codes = np.searchsorted(edges(days, cut.zone), at, side="right") - 1
    labels = tuple(day.isoformat() if step != "month" else day.strftime("%Y-%m") for day in days)
    return Groups(keys=tuple(day.isoformat() for day in days), labels=labels, codes=(codes.astype(np.int64),))


def _own_time(rows: Rows) -> str:
    return next((name for name in ("created_at", "began") if name in rows.frame), "received_at")


def _by_tenth(rows: Rows, _slice: Slice) -> Groups:
    """By the relevance of the best article, in tenths."""
    scores = rows.numbers("relevance")
    tenths = np.clip(np.floor(np.nan_to_num(scores, nan=-1.0) * TENTHS), -1, TENTHS - 1)
    labels = tuple(f"{tenth / TENTHS:.1f}–{(tenth + 1) / TENTHS:.1f}" for tenth in range(TENTHS))
    return Groups(keys=tuple(map(str, range(TENTHS))), labels=labels, codes=(tenths.astype(np.int64),))


def _by_age(rows: Rows, cut: Slice) -> Groups:
    """By how long a case has been open."""
    hours = (cut.now - rows.times("created_at")) / np.timedelta64(HOUR_S, "s")
    ends = [end for end, _ in AGES]
    codes = np.searchsorted(ends, np.asarray(hours, dtype=np.float64), side="right")
    labels = tuple(label for _, label in AGES)
    return Groups(keys=tuple(map(str, range(len(AGES)))), labels=labels, codes=(codes.astype(np.int64),))


def _by_timeliness(rows: Rows, cut: Slice) -> Groups:
    """Decided in time, too late, or open: due later, past due."""
    decided, due = rows.times("decided_at"), rows.times("due_at")
    is_open = np.isnat(decided)
    late = np.where(is_open, due < cut.now, decided > due)
    codes = np.where(is_open, np.where(late, 2, 3), np.where(late, 1, 0)).astype(np.int64)
    labels = ("In time", "Missed", "Open, past due", "Open, due later")
    return Groups(keys=("hit", "missed", "open_past_due", "open"), labels=labels, codes=(codes,))


def _by_stars(rows: Rows, _slice: Slice) -> Groups:
    """By the rating."""
    codes = rows.numbers("rating").astype(np.int64) - 1
    return Groups(keys=("1", "2", "3", "4", "5"), labels=("1", "2", "3", "4", "5"), codes=(codes,))


def _by_end(rows: Rows, cut: Slice) -> Groups:
    """By what became of the turn in the end."""
    codes, names = ends_of(rows, cut)
    return Groups(keys=tuple(names), labels=tuple(names), codes=(codes.astype(np.int64),))


def _by_way(rows: Rows, cut: Slice) -> Groups:
    """By the lane together with what became of the turn; keys are "lane>end"."""
    lanes, lane_names = rows.words("lane")
    ends, end_names = ends_of(rows, cut)
    codes = np.where((lanes >= 0) & (ends >= 0), lanes * len(end_names) + ends, -1)
    ways = [(lane, end) for lane in lane_names for end in end_names]
    return Groups(
        keys=tuple(f"{lane}>{end}" for lane, end in ways),
        labels=tuple(f"{lane} → {end}" for lane, end in ways),
        codes=(codes.astype(np.int64),),
    )


def _by_node(rows: Rows, cut: Slice) -> Groups:
    """By each step of the graph that the turn passed."""
    passed = ~np.isnan(cut.node_ms[rows.places])
    layers = tuple(np.where(passed[:, number], number, -1) for number in range(len(cut.nodes)))
    return Groups(keys=cut.nodes, labels=tuple(node.replace("_", " ") for node in cut.nodes), codes=layers)


def _by_money(rows: Rows, _slice: Slice) -> Groups:
    """By currency and what a refund's money came to; keys are "USD:approved"."""
    codes, currencies = rows.words("currency")
    refund, amounts = rows.is_any("kind", "refund"), amounts_of(rows)
    names = [(currency, stage) for currency in currencies for stage in STAGES]
    layers = tuple(
        np.where(refund & (codes == currencies.index(currency)) & (amounts[stage] > 0), number, -1)
        for number, (currency, stage) in enumerate(names)
    )
    return Groups(
        keys=tuple(f"{currency}:{stage}" for currency, stage in names),
        labels=tuple(f"{currency} {stage.replace('_', ' ')}" for currency, stage in names),
        codes=layers,
    )


_DIMENSIONS = (
    Dimension(name="time", title="Time", subjects=EVERYTHING - {"ratings"}, groups=_by_time, ordered=True),
    Dimension(name="intent", title="Intent", subjects=EVERYTHING, groups=_by_word("intent")),
    Dimension(name="category", title="Category", subjects=EVERYTHING, groups=_by_word("category")),
    Dimension(name="lane", title="Lane", subjects=EVERYTHING, groups=_by_word("lane")),
    Dimension(name="outcome", title="First reply", subjects=EVERYTHING, groups=_by_word("outcome")),
    Dimension(name="sentiment", title="Sentiment", subjects=EVERYTHING, groups=_by_word("sentiment")),
    Dimension(name="channel", title="Channel", subjects=EVERYTHING, groups=_by_word("channel")),
    Dimension(name="language", title="Language", subjects=EVERYTHING, groups=_by_word("language")),
    Dimension(name="policy", title="Policy", subjects=EVERYTHING, groups=_by_word("policy")),
    Dimension(name="article", title="Best article", subjects=EVERYTHING, groups=_by_word("best_article")),
    Dimension(name="rule", title="Reason", subjects=EVERYTHING, groups=_by_rule),
    Dimension(name="top_score", title="Relevance", subjects=frozenset(("turns",)), groups=_by_tenth, ordered=True),
    Dimension(name="end", title="What became of it", subjects=frozenset(("turns",)), groups=_by_end),
    Dimension(name="way", title="Lane and what became of it", subjects=frozenset(("turns",)), groups=_by_way),
    Dimension(name="node", title="Step", subjects=frozenset(("turns",)), groups=_by_node),
    Dimension(name="kind", title="Kind", subjects=frozenset(("reviews",)), groups=_by_own_word("kind")),
    Dimension(name="team", title="Team", subjects=frozenset(("reviews",)), groups=_by_own_word("team")),
    Dimension(name="priority", title="Priority", subjects=frozenset(("reviews",)), groups=_by_own_word("priority")),
    Dimension(name="reviewer", title="Reviewer", subjects=frozenset(("reviews",)), groups=_by_own_word("decided_by")),
    Dimension(name="action", title="Decision", subjects=frozenset(("reviews",)), groups=_by_own_word("decided_action")),
    Dimension(name="age", title="Age", subjects=frozenset(("reviews",)), groups=_by_age, ordered=True),
    Dimension(name="sla", title="SLA", subjects=frozenset(("reviews",)), groups=_by_timeliness, ordered=True),
    Dimension(name="money", title="Money", subjects=frozenset(("reviews",)), groups=_by_money),
    Dimension(name="stars", title="Rating", subjects=frozenset(("ratings",)), groups=_by_stars, ordered=True),
)

DIMENSIONS = MappingProxyType({dimension.name: dimension for dimension in _DIMENSIONS})
"""Every way to divide, by its name."""
