"""Every threshold that decides something, in one place: typed, with unit, reason and source.

`Policy()` is the preset "default"; `load_policy` reads a preset by name or a JSON file that overrides single fields.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.canonical import digest
from agent.errors import ConfigurationError
from agent.model import Category, Priority, Team, Topic


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
    below_limits: Literal["hand over", "state uncertainty"] = Field(
        default="hand over",
        description="What happens to an answer below the two limits above: a person gets it, or it is sent with a "
        "plain statement that it is uncertain.",
    )
    uncertain_from: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="Relevance from which an uncertain answer may be sent at all; below it, likelier wrong than "
        "right, a person answers under every preset.",
    )
    soft_review_margin: float = Field(
        default=0.0,
        ge=0,
        le=0.3,
        description="An answer that clears the limits by less than this (relevance as it is, the mark in tenths) is "
        "held until an operator approves it; 0 switches soft review off.",
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

    consent_hours: int = Field(
        default=4, ge=1, description="Hours after which a yes to a question about an order is asked for anew."
    )
    order_questions: int = Field(
        default=2,
        ge=1,
        description="Questions in a row about the same missing detail of an order, then a person helps.",
    )

    urgent_score: float = Field(
        default=-0.8,
        ge=-1,
        le=0,
        description="Sentiment score below which a case is urgent. Source: product definition.",
    )
    raised_tiers: tuple[str, ...] = Field(
        default=("business",),
        description="Tiers of customers whose cases are one priority higher: they have a contract.",
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

    four_eyes_above: int = Field(
        default=500,
        ge=0,
        description="Amount in whole units of its currency above which two different people have to approve a refund.",
    )
    undo_seconds: int = Field(
        default=10,
        ge=0,
        le=3600,
        description="Seconds in which a decision taken on the page can be called back before it is carried out.",
    )
    claim_minutes: int = Field(
        default=10, ge=1, description="Minutes for which a claimed review belongs to one reviewer, unless renewed."
    )
    teams: dict[Category, Team] = Field(
        default={
            "billing": "billing",
            "product": "logistics",
            "technical": "technical",
            "complaint": "trust",
            "general": "logistics",
        },
        description="The team that gets an escalation of a category; refunds go to billing, suspicious ones to trust.",
    )

    refund_window_days: int = Field(
        default=30, ge=0, description="Days after delivery in which goods may come back. Source: article return-policy."
    )
    refund_window_days_plus: int = Field(
        default=60, ge=0, description="The same for members of Larkfield Plus. Source: article return-policy."
    )
    refunds_in_days: int = Field(
        default=180, ge=1, description="Days over which earlier refunds of a customer count as a signal of fraud."
    )
    refunds_allowed: int = Field(
        default=3, ge=0, description="Refunds in that time that are still usual; more fail the clause on fraud signals."
    )

    max_message_chars: int = Field(
        default=8000, ge=1, description="Longest message taken in, in characters; longer ones are refused, not cut."
    )
    kept_messages: int = Field(
        default=20, ge=2, description="Messages that the agent keeps in mind; the transcript keeps all of them."
    )
    summary_words: int = Field(
        default=150, ge=20, description="Longest summary of messages that are older than these, in words."
    )
    memory_tokens: int = Field(
        default=12_000,
        ge=1_000,
        description="Most tokens that an engine is told at once: the oldest articles are left out first, then the "
        "summary is cut, then the oldest messages go.",
    )
    snippet_chars: int = Field(
        default=300, ge=80, description="Longest passage of an article in a record, in characters."
    )
    hits: int = Field(default=5, ge=1, le=20, description="Articles looked at for one question.")

    @property
    def label(self) -> str:
        """Name, version and a digest of every field: two files of the same name and version are told apart."""
        return f"{self.name} v{self.version} ({digest(self.model_dump(mode='json'))[:8]})"

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
        "stated uncertainty": Policy(name="stated uncertainty", below_limits="state uncertainty"),
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
    """Every field with its default, what other presets set it to, and its reason, as a Markdown table."""
    lines = ["| field | default | other presets | what it decides |", "|---|---|---|---|"]
    for name, field in Policy.model_fields.items():
        ours = getattr(PRESETS["default"], name)
        others = [
            f"{preset}: {_shown(getattr(policy, name))}"
            for preset, policy in PRESETS.items()
            if name != "name" and getattr(policy, name) != ours
        ]
        lines.append(f"| `{name}` | {_shown(ours)} | {'; '.join(others)} | {field.description} |")
    return "\n".join(lines) + "\n"


def _shown(setting: Any) -> str:
    if isinstance(setting, dict):
        return ", ".join(f"{key} → {value}" for key, value in setting.items())
    return ", ".join(setting) if isinstance(setting, tuple) else str(setting)
