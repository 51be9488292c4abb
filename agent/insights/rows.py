"""The rows that a filter leaves, as columns that are only cut out when somebody asks for them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from agent.insights.conversations import conversations_of, instants
from agent.insights.facts import Facts
from agent.insights.periods import midnight, refuse_span, zone_of
from agent.model import FactFilter, Subject

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

CHECK_CASES = "check case "
"""What the channel of a thread begins with that was made to check reviewers."""

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows of a frame; `turn` is the row of the turn that each belongs to, -1 if that is not known."""

    frame: pd.DataFrame
    places: Places
    turns: pd.DataFrame
    turn: Places
    _cut: dict[str, npt.NDArray[np.generic]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows are left."""
        return len(self.places)

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A column of numbers."""
        return self._column(name).astype(np.float64)

    def flags(self, name: str) -> Mask:
        """A column of yes and no."""
        return self._column(name).astype(bool)

    def times(self, name: str) -> npt.NDArray[np.datetime64]:
        """A column of times as instants in UTC; NaT where there is none."""
        if name not in self._cut:
            self._cut[name] = instants(self.frame[name])[self.places]
        return self._cut[name].astype("datetime64[us]", copy=False)

    def seconds(self, start: str, end: str) -> npt.NDArray[np.float64]:
        """Seconds from one time to the other; NaN where one is missing."""
        spent = (self.times(end) - self.times(start)) / np.timedelta64(1, "s")
        return np.asarray(spent, dtype=np.float64)

    def words(self, name: str, *, of_turn: bool = False) -> tuple[npt.NDArray[np.int64], list[str]]:
        """A column of words as numbers, -1 for none, and the words; with `of_turn`, the turn's column."""
        column = (self.turns if of_turn else self.frame)[name]
        codes = column.cat.codes.to_numpy()
        if not of_turn:
            return codes[self.places].astype(np.int64), list(column.cat.categories)
        cut = np.where(self.turn >= 0, codes[self.turn] if len(codes) else -1, -1)
        return cut.astype(np.int64), list(column.cat.categories)

    def is_any(self, name: str, *words: str, of_turn: bool = False) -> Mask:
        """Where a column of words has one of these."""
        codes, known = self.words(name, of_turn=of_turn)
        return np.isin(codes, [known.index(word) for word in words if word in known])

    def has_rule(self, *names: str) -> Mask:
        """Where one of these rules fired in the turn."""
        codes, known = self.words("rules", of_turn=True)
        return np.isin(codes, [code for code, rules in enumerate(known) if set(names) & set(rules.split(","))])

    def _column(self, name: str) -> npt.NDArray[np.generic]:
        if name not in self._cut:
            self._cut[name] = self.frame[name].to_numpy()[self.places]
        return self._cut[name]


@dataclass(frozen=True, kw_only=True, eq=False)
class Slice:
    """What a filter leaves of the facts; `since` and `until` are the days that it spans in its zone."""

    turns: Rows
    conversations: Rows
    reviews: Rows
    ratings: Rows
    node_ms: npt.NDArray[np.float32]
    nodes: tuple[str, ...]
    since: date
    until: date
    zone: ZoneInfo
    now: np.datetime64

    def rows(self, subject: Subject) -> Rows:
        """The rows of one kind."""
        found: Rows = getattr(self, subject)
        return found


class Snapshot:
    """The facts of one moment with the conversations in them, cut by filters."""

    def __init__(self, facts: Facts, before: "Snapshot | None" = None) -> None:
        """Finds the conversations, unless `before` has the same turns; everything else waits for a filter."""
        self.facts = facts
        same = before is not None and before.facts.turns is facts.turns
        self.conversations: pd.DataFrame = (
            before.conversations if before is not None and same else conversations_of(facts.turns)
        )
        self.now = np.datetime64(facts.read_at.astimezone(UTC).replace(tzinfo=None), "us")

    def cut(self, wanted: FactFilter) -> Slice:
        """What the filter leaves; raises InvalidFilterError for an unknown time zone or an empty span."""
        zone = zone_of(wanted.zone)
        since, until = self._span(wanted, zone)
        begin, end = midnight(since, zone), midnight(date.fromordinal(until.toordinal() + 1), zone)
        facts, turns = self.facts, self.facts.turns
        fits = self._fitting_turns(wanted)
        reviews = self._fitting_reviews(wanted, fits)
        if wanted.team or wanted.reviewer:
            touched = np.zeros(len(turns), dtype=bool)
            touched[facts.reviews.turn.to_numpy()[reviews]] = True
            fits &= touched
        first = self.conversations["first"].to_numpy()
        rated = facts.ratings.turn.to_numpy()
        received = instants(turns.received_at)
        return Slice(
            turns=self._rows(turns, fits & _within(received, begin, end), np.arange(len(turns))),
            conversations=self._rows(
                self.conversations, _within(instants(self.conversations.began), begin, end) & fits[first], first
            ),
            reviews=self._rows(
                facts.reviews,
                reviews & _within(instants(facts.reviews.created_at), begin, end),
                facts.reviews.turn.to_numpy(),
            ),
            ratings=self._rows(
                facts.ratings, (rated >= 0) & _taken(fits & _within(received, begin, end), rated), rated
            ),
            node_ms=facts.node_ms,
            nodes=facts.nodes,
            since=since,
            until=until,
            zone=zone,
            now=self.now,
        )

    def days(self, zone: ZoneInfo) -> tuple[date, date] | None:
        """The days of the first and the last message; None before there is one."""
        at = instants(self.facts.turns.received_at)
        if not len(at):
            return None
        return _day(at.min(), zone), _day(at.max(), zone)

    def _rows(self, frame: pd.DataFrame, kept: Mask, turn: Places) -> Rows:
        places = np.flatnonzero(kept)
        return Rows(frame, places, self.facts.turns, turn[places].astype(np.int64))

    def _span(self, wanted: FactFilter, zone: ZoneInfo) -> tuple[date, date]:
        refuse_span(wanted.since, wanted.until)
        today = _day(self.now, zone)
        first, last = self.days(zone) or (today, today)
        since = wanted.since or min(first, wanted.until or first)
        return since, wanted.until or max(last, since)

    def _fitting_turns(self, wanted: FactFilter) -> Mask:
        turns = self.facts.turns
        fits = np.ones(len(turns), dtype=bool)
        for name in ("category", "intent", "channel"):
            word = getattr(wanted, name)
            if word is not None:
                fits &= (turns[name] == word).to_numpy(dtype=bool)
        if not wanted.demo:
            fits &= ~turns.demo.to_numpy()
        checks = [channel for channel in turns.channel.cat.categories if channel.startswith(CHECK_CASES)]
        return fits & ~turns.channel.isin(checks).to_numpy() if checks else fits

    def _fitting_reviews(self, wanted: FactFilter, fits: Mask) -> Mask:
        reviews = self.facts.reviews
        turn = reviews.turn.to_numpy()
        kept = (turn >= 0) & reviews.check_case.isna().to_numpy()
        kept &= _taken(fits, turn)
        if wanted.team is not None:
            kept &= (reviews.team == wanted.team).to_numpy(dtype=bool)
        if wanted.reviewer is not None:
            kept &= (reviews.decided_by == wanted.reviewer).to_numpy(dtype=bool)
        return kept


def _taken(flags: Mask, places: Places) -> Mask:
    """The flag at each place; the last one, or no, where the place is -1."""
    return flags[places] if len(flags) else np.zeros(len(places), dtype=bool)


def _within(at: npt.NDArray[np.datetime64], begin: np.datetime64, end: np.datetime64) -> Mask:
    return (at >= begin) & (at < end)


def _day(at: np.datetime64, zone: ZoneInfo) -> date:
    moment: datetime = at.astype("datetime64[us]").item()
    return moment.replace(tzinfo=UTC).astimezone(zone).date()
