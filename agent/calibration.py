"""Analysts' tools: versions of the policy, other thresholds tried on past turns, and labels on what was decided."""

from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock
from typing import Any

import numpy as np

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError
from agent.insights.compare import FRONTIERS, Grounds, compare_on, frontier, grounds_of, side_by_side
from agent.insights.facts import FactBook, Facts
from agent.insights.labels import labels_frame
from agent.insights.periods import refuse_span
from agent.insights.reliability import intent_reliability, relevance_reliability
from agent.insights.replay import Mask
from agent.model import (
    Comparison,
    Frontier,
    Identity,
    LabelledTurn,
    LabelSample,
    LabelVerdict,
    PolicyOutcome,
    ReliabilityPlot,
    Sample,
    TurnSpan,
)
from agent.policy import PRESETS, Policy, SavedPolicy, changed_policy
from agent.protocols import labels, policies
from agent.protocols.authority import READERS, authorise
from agent.store.labels import read_labels

SAMPLE = 50
"""Turns of one sample of one week, unless another size is asked for."""

IN_FORCE = "in force"


ALWAYS = TurnSpan()


class Calibration:
    """What analysts do with thresholds. Reached as `desk.calibration`; figures are of the last `refresh`."""

    def __init__(self, office: Backoffice, book: FactBook | None = None) -> None:
        """Nothing is read before the first question; `book` is one that is kept at hand for others too."""
        self._office = office
        self._book = book or FactBook(office.database, ())
        self._lock = Lock()
        self._facts: Facts | None = None
        self._labels: list[tuple[int, str, str]] = []
        self._grounds: dict[TurnSpan, Grounds] = {}

    def policies(self, identity: Identity) -> list[SavedPolicy]:
        """Every version that was saved at this desk, the latest first; empty while TRIAGE_POLICY alone counts."""
        self._refuse(identity)
        return policies.list_policies(self._office)

    def save_policy(self, changes: Mapping[str, Any], *, based_on: int, reason: str, identity: Identity) -> SavedPolicy:
        """Save the policy in force with these fields changed as its next version; every process follows it at once.

        `based_on` is the version that was looked at (`desk.policy.version`). Raises ConflictError, saying who saved
        what, if another came after it; InvalidDecisionError for values or combinations that make no sense, for a
        change of nothing and for a missing reason; ForbiddenError unless an analyst, lead or admin asks. Nothing is
        saved then.
        """
        return policies.save_policy(self._office, changes, based_on=based_on, reason=reason, identity=identity)

    def restore_policy(
        self, version: int, *, reason: str, identity: Identity, based_on: int | None = None
    ) -> SavedPolicy:
        """Save an earlier version's values as the next version; raises as `save_policy` does."""
        return policies.restore_policy(self._office, version, reason=reason, identity=identity, based_on=based_on)

    def tried(self, changes: Mapping[str, Any]) -> Policy:
        """The policy in force with these fields changed, saved nowhere; raises InvalidDecisionError."""
        return changed_policy(self._office.policy(), changes)

    def refresh(self) -> None:
        """Take in what happened since the last time; raises StorageError."""
        facts = self._book.read(self._office.services.clock.now())
        with self._office.database.read() as connection:
            rows = read_labels(connection)
        with self._lock:
            self._facts, self._labels, self._grounds = facts, rows, {}

    def compare(
        self, identity: Identity, other: Policy, base: Policy | None = None, span: TurnSpan = ALWAYS
    ) -> Comparison:
        """What past turns would have come to under `base`, the policy in force unless told, and under another.

        This and everything else that takes a span raises InvalidFilterError for one that no turn can lie in.
        """
        self._refuse(identity)
        return compare_on(self._on(span), base or self._office.policy(), other)

    def presets(self, identity: Identity, span: TurnSpan = ALWAYS) -> dict[str, PolicyOutcome]:
        """The policy in force (called so) and every preset on the same past turns."""
        self._refuse(identity)
        return side_by_side(self._on(span), {IN_FORCE: self._office.policy(), **PRESETS})

    def frontier(
        self, identity: Identity, field: str, policy: Policy | None = None, span: TurnSpan = ALWAYS
    ) -> Frontier:
        """Escalated against missed along min_relevance or min_answer_confidence; InvalidDecisionError for others."""
        self._refuse(identity)
        if field not in FRONTIERS:
            message = f"There is no curve along {field[:60]!a}, only along {' and '.join(FRONTIERS)}; none was drawn."
            raise InvalidDecisionError(message)
        return frontier(self._on(span), policy or self._office.policy(), field)

    def reliability(self, identity: Identity) -> tuple[ReliabilityPlot, ReliabilityPlot]:
        """Whether relevance, and confidence in the intent, are right as often as they say; over all judged turns."""
        self._refuse(identity)
        facts = self._known()
        given = labels_frame(self._labels, facts.turns)
        return (
            relevance_reliability(facts.turns, facts.reviews, facts.ratings, given),
            intent_reliability(facts.turns, given),
        )

    def sample_for_labels(
        self, sample: Sample, identity: Identity, *, week: str | None = None, size: int = SAMPLE
    ) -> LabelSample:
        """The turns of a week's sample that this person has neither judged nor decided; the last whole week's first.

        The same for everybody and every time; `size` is at most 200, and a larger sample holds the smaller one.
        Raises InvalidDecisionError, and ForbiddenError unless an analyst, lead or admin asks.
        """
        return labels.sample_for_labels(self._office, sample, identity, size=size, week=week)

    def give_label(
        self, turn_id: str, verdict: LabelVerdict, note: str, identity: Identity, *, sample: Sample
    ) -> LabelledTurn:
        """Keep what this person would have done with a turn of the sample, and tell what the desk did.

        `right`: the reply may go out as it is; `should_answer`: no person is needed, but not like this;
        `should_escalate`: a person has to look. Raises InvalidDecisionError, ConflictError or ForbiddenError; nothing
        is kept then.
        """
        return labels.give_label(self._office, turn_id, verdict, note, identity, sample=sample)

    def _known(self) -> Facts:
        if self._facts is None:
            self.refresh()
        if self._facts is None:
            message = "No facts could be read; nothing was counted. Try again."
            raise ConflictError(message)
        return self._facts

    def _on(self, span: TurnSpan) -> Grounds:
        facts = self._known()
        with self._lock:
            grounds = self._grounds.get(span)
        if grounds is None:
            given = labels_frame(self._labels, facts.turns)
            within = None if span == ALWAYS else _within(facts, span)
            grounds = grounds_of(facts.turns, facts.reviews, given, within)
            with self._lock:
                self._grounds[span] = grounds
        return grounds

    def _refuse(self, identity: Identity) -> None:
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, READERS, "read about the policy")


def _within(facts: Facts, span: TurnSpan) -> Mask:
    refuse_span(span.since, span.until)
    turns = facts.turns
    at = turns.received_at.to_numpy(dtype="datetime64[us]")
    kept: Mask = np.ones(len(turns), dtype=bool)
    if span.since is not None:
        kept &= at >= _midnight(span.since)
    if span.until is not None:
        kept &= at < _midnight(span.until + timedelta(days=1))
    if not span.demo:
        kept &= ~turns.demo.to_numpy(dtype=bool)
    return kept


def _midnight(day: date) -> np.datetime64:
    return np.datetime64(day, "us")
