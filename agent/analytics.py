"""The analyst's door: figures about the desk, each by one definition, and the rows behind every one of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from threading import Lock

from agent.backoffice import Backoffice
from agent.insights.dimensions import DIMENSIONS
from agent.insights.facts import FactBook
from agent.insights.figures import bars, behind, curve, figure, metric_named
from agent.insights.flows import flows, money, node_times
from agent.insights.lists import read_rows
from agent.insights.metrics import METRICS
from agent.insights.periods import zone_of
from agent.insights.rows import Slice, Snapshot
from agent.model import (
    Bar,
    Curve,
    Definition,
    FactFilter,
    FactRow,
    Figure,
    FilterChoices,
    Flow,
    Kpi,
    MoneyLine,
    NodeTime,
)
from agent.names import subject_key
from agent.protocols.authority import RESERVED

KEPT_CUTS = 8
"""Filters whose rows are kept at hand: a page asks for a dozen charts under one filter."""


class Analytics:
    """Figures over everything that is stored; they are of the moment of the last `refresh`."""

    def __init__(self, office: Backoffice) -> None:
        """Nothing is read before the first question."""
        self._office = office
        self.book = FactBook(office.database, [node.name for node in office.structure.nodes])
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._cuts: dict[FactFilter, Slice] = {}

    def refresh(self) -> None:
        """Take in what happened since the last time; raises StorageError."""
        facts = self.book.read(self._office.services.clock.now())
        with self._lock:
            self._snapshot = Snapshot(facts, self._snapshot)
            self._cuts = {}

    def forget_cuts(self) -> None:
        """Cut anew at the next question, as after a change of the filter."""
        with self._lock:
            self._cuts = {}

    def definitions(self) -> tuple[Definition, ...]:
        """Every metric with what it means."""
        return tuple(metric.definition for metric in METRICS.values())

    def dimensions(self, name: str) -> dict[str, str]:
        """By what a metric can be divided: name and title. Raises InvalidFilterError for an unknown metric."""
        metric = metric_named(name)
        return {name: one.title for name, one in DIMENSIONS.items() if metric.subject in one.subjects}

    def choices(self, zone: str = "UTC") -> FilterChoices:
        """What the filter can be set to."""
        facts = self._current().facts
        first, last = self._current().days(zone_of(zone)) or (None, None)
        people = facts.reviews.decided_by.cat.categories
        return FilterChoices(
            channels=tuple(name for name in facts.turns.channel.cat.categories if not name.startswith("check case")),
            reviewers=tuple(sorted(name for name in people if subject_key(name) != RESERVED)),
            first_day=first,
            last_day=last,
            turns=len(facts.turns),
            demo_turns=int(facts.turns.demo.sum()),
        )

    def figure(self, name: str, wanted: FactFilter) -> Figure:
        """One metric under a filter; raises InvalidFilterError."""
        return figure(metric_named(name), self._cut(wanted))

    def bars(self, name: str, by: str, wanted: FactFilter) -> tuple[Bar, ...]:
        """The metric for each group; raises InvalidFilterError."""
        return bars(metric_named(name), by, self._cut(wanted))

    def kpis(self, names: Sequence[str], wanted: FactFilter) -> tuple[Kpi, ...]:
        """Metrics with the span before and their course; raises InvalidFilterError."""
        cut = self._cut(wanted)
        earlier = self._earlier(cut, wanted)
        metrics = [metric_named(name) for name in names]
        return tuple(
            Kpi(
                definition=metric.definition,
                figure=figure(metric, cut),
                before=figure(metric, earlier) if earlier else None,
                course=bars(metric, "time", cut) if metric.subject != "ratings" else (),
            )
            for metric in metrics
        )

    def curve(self, name: str, wanted: FactFilter) -> Curve:
        """How many cases still wait after how long, for a metric in seconds; raises InvalidFilterError."""
        return curve(metric_named(name), self._cut(wanted))

    def flows(self, wanted: FactFilter) -> tuple[Flow, ...]:
        """From intent to lane to what became of it."""
        return flows(self._cut(wanted))

    def money(self, wanted: FactFilter) -> tuple[MoneyLine, ...]:
        """Refunds by currency."""
        return money(self._cut(wanted))

    def node_times(self, wanted: FactFilter) -> tuple[NodeTime, ...]:
        """How long each step of the graph takes."""
        return node_times(self._cut(wanted))

    def behind(
        self,
        name: str,
        wanted: FactFilter,
        *,
        by: str | None = None,
        key: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[int, list[FactRow]]:
        """How many rows a figure, or the bar `key` of a breakdown `by`, rests on, and a page of them, latest first."""
        metric = metric_named(name)
        cut = self._cut(wanted)
        places = behind(metric, cut, by, key)
        rows = read_rows(self._office.database, metric.subject, cut, places[offset : offset + limit])
        return len(places), rows

    def span(self, wanted: FactFilter) -> tuple[date, date]:
        """The first and the last day that the filter looks at."""
        cut = self._cut(wanted)
        return cut.since, cut.until

    def _current(self) -> Snapshot:
        if self._snapshot is None:
            self.refresh()
        if self._snapshot is None:
            message = "refresh sets the snapshot"
            raise AssertionError(message)
        return self._snapshot

    def _cut(self, wanted: FactFilter) -> Slice:
        current = self._current()
        with self._lock:
            found = self._cuts.get(wanted)
        if found is not None:
            return found
        made = current.cut(wanted)
        with self._lock:
            if current is self._snapshot:
                while len(self._cuts) >= KEPT_CUTS:
                    self._cuts.pop(next(iter(self._cuts)))
                self._cuts[wanted] = made
        return made

    def _earlier(self, cut: Slice, wanted: FactFilter) -> Slice | None:
        """The span of equal length before; None where the facts do not reach back so far."""
        length = (cut.until - cut.since).days + 1
        since, until = cut.since - timedelta(days=length), cut.since - timedelta(days=1)
        days = self._current().days(cut.zone)
        if days is None or since < days[0]:
            return None
        return self._cut(wanted.model_copy(update={"since": since, "until": until}))
