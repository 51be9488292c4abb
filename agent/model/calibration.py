"""What is found out about thresholds, and what people say who look at turns afterwards."""

from datetime import date
from typing import Literal

from agent.model.value import Value
from agent.model.words import Lane, Role

Sample = Literal["blind", "weekly"]
"""blind: of turns that no person saw; weekly: half of those, half of turns that a person was asked about."""

LabelVerdict = Literal["right", "should_escalate", "should_answer"]
"""Kept with a turn: what the desk did was right, a person should have looked, or no person was needed."""


class TurnSpan(Value):
    """Which turns count, by whole days in UTC, both included; none means no end. `demo` counts demo data too."""

    since: date | None = None
    until: date | None = None
    demo: bool = True


class Estimate(Value):
    """A figure with its 95 % interval over `n` cases; `value` is None where nobody can know, and `why` says so.

    `unit` is share (0..1), reviews an hour, calibration error (0..1), or a currency; sums of money are exact.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    why: str = ""


class PolicyOutcome(Value):
    """What past turns would have come to under one policy.

    turns: how many were read and routed; `not_known` of them would have been let through to a step that they never
    reached, and enter no share. rules: how many turns each rule sends to a person.
    escalation_rate: share that goes to a person. false_escalations: share of those of which a person said that none
    was needed, among those of which somebody said anything; refunds are left out, since they always need one.
    missed: share of what no person would see although one is needed; `missed_seen` of them are known one by one.
    load and load_p95: reviews an hour, on average and in the busiest twentieth of the hours.
    one_person and two_people: refunds by the limit for two people, a sum and a count for each currency; no_undo are
    those of one person that nobody could call back.
    """

    label: str
    turns: int
    not_known: int
    to_person: int
    stated: int
    rules: dict[str, int]
    escalation_rate: Estimate
    false_escalations: Estimate
    false_seen: int
    missed: Estimate
    missed_seen: int
    load: Estimate
    load_p95: Estimate
    one_person: tuple[Estimate, ...]
    two_people: tuple[Estimate, ...]
    no_undo: tuple[Estimate, ...]


class Comparison(Value):
    """Two policies on the same turns; `to_person` would go to a person only under the second, `to_desk` the reverse."""

    first: PolicyOutcome
    second: PolicyOutcome
    to_person: int
    to_desk: int


class FrontierPoint(Value):
    """What one value of a threshold leads to, everything else being as it is."""

    threshold: float
    escalation_rate: Estimate
    missed: Estimate
    not_known: int


class Frontier(Value):
    """The trade between asking a person too often and too rarely, along one threshold."""

    field: str
    in_force: float
    points: tuple[FrontierPoint, ...]


class ReliabilityBin(Value):
    """Judged cases of one tenth of the scale: how sure the desk was on average, and how often it was right."""

    low: float
    high: float
    n: int
    predicted: float
    right: Estimate


class ReliabilityPlot(Value):
    """Whether a probability of 0.7 is right 7 times in 10. `note` says what the judgement rests on and how much."""

    what: str
    n: int
    error: Estimate
    bins: tuple[ReliabilityBin, ...]
    note: str


class LabelTask(Value):
    """A turn to judge without knowing what the desk did: the message, and what the desk wrote or would have written."""

    turn_id: str
    received_at: str
    language: str
    text: str
    reply: str


class LabelSample(Value):
    """What one person is asked about one week: `tasks` are left, `done` they have judged of the same sample.

    Turns whose review they decided themselves are neither.
    """

    sample: Sample
    week: str
    done: int
    tasks: tuple[LabelTask, ...]


class Label(Value):
    """What somebody said of a turn afterwards."""

    turn_id: str
    subject: str
    role: Role
    sample: Sample
    verdict: LabelVerdict
    note: str
    at: str


class LabelledTurn(Value):
    """A label just given, and what the desk had done."""

    label: Label
    went_to_person: bool
    lane: Lane | None
    rules: tuple[str, ...]
    relevance: float | None
    answer_confidence: float | None
    policy: str
