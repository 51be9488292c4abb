"""Every threshold that decides something, in one place: typed, with unit, reason and source.

`Policy()` is the preset "default"; `load_policy` reads a preset by name or a JSON file that overrides single fields.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import ConfigurationError
from agent.model import Category, Priority, Topic


class Policy(BaseModel):
    """The rules of one deployment. A field's description gives unit, reason and source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="default", description="Name of the preset or file; written into every decision record.")
    version: int = Field(default=1, ge=1, description="Grows with every change that is saved.")

    angry_escalates: bool = Field(
        default=True, description="Hand over when the customer is angry: an automatic reply makes it worse."
    )
    low_score: float = Field(
        default=-0.6,
        ge=-1,
        le=0,
        description="Sentiment score, -1..1; at or above it the mood alone never escalates. Source: product.",
    )
    low_score_turns: int = Field(
        default=2, ge=1, description="Turns in a row below low_score that hand over; 1 in the preset strict."
    )
    escalating_topics: tuple[Topic, ...] = Field(
        default=("billing_dispute", "legal_threat", "account_deletion"),
        description="Topics with legal or financial weight that a person answers.",
    )
    escalating_categories: tuple[Category, ...] = Field(
        default=("complaint",), description="Grievances about treatment are answered by people."
    )
    topic_confidence: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Probability from which a topic or category counts; below one half it is likelier wrong.",
    )
    min_relevance: float = Field(
        default=0.70,
        ge=0,
        le=1,
        description="Calibrated probability that the best article answers; below it the question is a knowledge gap.",
    )
    min_answer_confidence: float = Field(
        default=7.0,
        ge=0,
        le=10,
        description="The engine's mark for its own answer, 0..10; below it a person looks first.",
    )
    low_confidence: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="Intent probability; below it on low_confidence_turns in a row a person helps.",
    )
    low_confidence_turns: int = Field(
        default=2, ge=1, description="Turns in a row below low_confidence that hand over."
    )
    unknown_turns: int = Field(
        default=2, ge=1, description="Turns in a row without a recognised intent after which a person takes over."
    )

    urgent_score: float = Field(
        default=-0.8,
        ge=-1,
        le=0,
        description="Sentiment score below which a case is urgent. Source: product definition.",
    )
    sla_urgent_minutes: int = Field(
        default=30, ge=1, description="Minutes until a person decides an urgent case. Source: product definition."
    )
    sla_high_minutes: int = Field(default=120, ge=1, description="The same for high priority.")
    sla_normal_minutes: int = Field(default=480, ge=1, description="The same for normal priority.")
    review_expires_hours: int = Field(
        default=72,
        ge=1,
        description="Hours after which an undecided review fails closed: nothing is paid, a ticket stays.",
    )

    refund_window_days: int = Field(
        default=30, ge=0, description="Days after delivery in which goods may come back. Source: article return-policy."
    )
    refund_window_days_plus: int = Field(
        default=60, ge=0, description="The same for members of Larkfield Plus. Source: article return-policy."
    )

    max_message_chars: int = Field(
        default=8000, ge=1, description="Longest message taken in, in characters; longer ones are refused, not cut."
    )
    kept_messages: int = Field(
        default=20, ge=2, description="Messages that the agent keeps in mind; the transcript keeps all of them."
    )
    snippet_chars: int = Field(
        default=300, ge=80, description="Longest passage of an article in a record, in characters."
    )
    hits: int = Field(default=5, ge=1, le=20, description="Articles looked at for one question.")

    def sla_minutes(self, priority: Priority) -> int:
        """Minutes until the first human decision."""
        return {
            "urgent": self.sla_urgent_minutes,
            "high": self.sla_high_minutes,
            "normal": self.sla_normal_minutes,
        }[priority]


PRESETS: Mapping[str, Policy] = MappingProxyType(
    {
        "default": Policy(),
        "strict": Policy(name="strict", low_score=-0.5, low_score_turns=1),
    }
)


def load_policy(name_or_file: str) -> Policy:
    """The preset of this name, or a JSON file whose fields override the default preset.

    Raises ConfigurationError if the name is unknown, the file is unreadable or a value is out of range.
    """
    if name_or_file in PRESETS:
        return PRESETS[name_or_file]
    path = Path(name_or_file)
    if not path.is_file():
        known = ", ".join(PRESETS)
        message = (
            f"Policy {name_or_file!r} is neither a preset ({known}) nor a file. Nothing was started; set TRIAGE_POLICY."
        )
        raise ConfigurationError(message)
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Policy(**{"name": path.stem, **fields})
    except (ValidationError, TypeError, ValueError) as error:
        message = f"Policy file {path} is not usable, nothing was started: {error}"
        raise ConfigurationError(message) from error


def reference() -> str:
    """Every field with its default and reason, as a Markdown table."""
    lines = ["| field | default | strict | what it decides |", "|---|---|---|---|"]
    strict = PRESETS["strict"]
    for name, field in Policy.model_fields.items():
        ours, theirs = getattr(PRESETS["default"], name), getattr(strict, name)
        other = "" if ours == theirs else _shown(theirs)
        lines.append(f"| `{name}` | {_shown(ours)} | {other} | {field.description} |")
    return "\n".join(lines) + "\n"


def _shown(setting: Any) -> str:
    return ", ".join(setting) if isinstance(setting, tuple) else str(setting)
