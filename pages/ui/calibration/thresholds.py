"""The thresholds that a replay of past turns can judge, and how each is set."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from agent import Policy

Kind = Literal["share", "score", "mark", "count", "words", "choice", "switch"]


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A field of the policy with its control; `step` and `form` are for sliders, `unit` stands behind the value."""

    field: str
    kind: Kind
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    unit: str = ""

    @property
    def help(self) -> str:
        """What the policy itself says of the field."""
        return Policy.model_fields[self.field].description or ""

    @property
    def options(self) -> tuple[str, ...]:
        """The words that the field may hold."""
        kind = Policy.model_fields[self.field].annotation
        return get_args(get_args(kind)[0]) if self.kind == "words" else get_args(kind)

    def cleaned(self, typed: Any, base: Policy) -> Any:
        """What a control holds as the policy writes it: words in the order of `base`, so that order is no change."""
        if self.kind != "words":
            return typed
        usual = getattr(base, self.field)
        chosen = typed or ()
        return (*(one for one in usual if one in chosen), *(one for one in self.options if one in {*chosen} - {*usual}))

    def for_control(self, value: Any) -> Any:
        """The policy's value as the control takes it."""
        return list(value) if self.kind == "words" else value


GROUPS: dict[str, tuple[str, tuple[Threshold, ...]]] = {
    "Answers": (
        ":material/quick_reference:",
        (
            Threshold(field="min_relevance", kind="share"),
            Threshold(field="min_answer_confidence", kind="mark", high=10.0, step=0.1),
            Threshold(field="below_limits", kind="choice"),
            Threshold(field="uncertain_from", kind="share"),
            Threshold(field="soft_review_margin", kind="share", high=0.3),
            Threshold(field="unknown_answered_from", kind="share"),
        ),
    ),
    "Mood": (
        ":material/mood:",
        (
            Threshold(field="angry_escalates", kind="switch"),
            Threshold(field="low_score", kind="score", low=-1.0, high=0.0, step=0.05),
            Threshold(field="low_score_turns", kind="count", low=1, high=10),
        ),
    ),
    "Subject": (
        ":material/topic:",
        (
            Threshold(field="escalating_topics", kind="words"),
            Threshold(field="escalating_categories", kind="words"),
            Threshold(field="topic_confidence", kind="share"),
        ),
    ),
    "Sureness": (
        ":material/help_center:",
        (
            Threshold(field="low_confidence", kind="share"),
            Threshold(field="low_confidence_turns", kind="count", low=1, high=20),
            Threshold(field="unknown_turns", kind="count", low=1, high=20),
        ),
    ),
    "Money": (
        ":material/payments:",
        (
            Threshold(field="four_eyes_above", kind="count", high=100_000, step=50),
            Threshold(field="undo_seconds", kind="count", high=3600, step=5),
        ),
    ),
}

THRESHOLDS: dict[str, Threshold] = {one.field: one for _icon, group in GROUPS.values() for one in group}
