"""Past turns and what people said of them, as the tables that analysis reads."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import numpy as np
import pandas as pd

from agent.model import (
    Category,
    Intent,
    Lane,
    SentimentLabel,
    Topic,
)

START = datetime(2026, 11, 2, 8, tzinfo=UTC)

WORDS = {
    "channel": (),
    "outcome": ("answered", "uncertain", "asked", "review", "failed"),
    "lane": get_args(Lane),
    "subject_rule": (),
    "rules": (),
    "intent": get_args(Intent),
    "topic": get_args(Topic),
    "category": get_args(Category),
    "sentiment": get_args(SentimentLabel),
}

QUIET: dict[str, Any] = {
    "thread": 0,
    "channel": "chat",
    "outcome": "answered",
    "lane": "faq",
    "subject_rule": "lane_faq",
    "rules": "lane_faq",
    "rules_apply": True,
    "understood": False,
    "intent": "faq",
    "confidence": 0.9,
    "topic": "general",
    "topic_confidence": 0.9,
    "category": "general",
    "category_confidence": 0.9,
    "asks_for_person": False,
    "sentiment": "neutral",
    "score": 0.0,
    "relevance": 0.9,
    "answer_confidence": 9.0,
}
"""A question that the desk answers by itself."""


ESCALATED = {"lane": "escalation", "outcome": "review", "sentiment": "angry", "answer_confidence": None}


SHARES = ("confidence", "topic_confidence", "category_confidence", "score", "relevance", "answer_confidence")
FLAGS = ("rules_apply", "understood", "asks_for_person")
KINDS: dict[str, Any] = {"thread": np.int32} | dict.fromkeys(SHARES, np.float32) | dict.fromkeys(FLAGS, bool)


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Turns as `agent.insights.facts` gives them, an hour after each other unless told otherwise."""
    filled = [{"received_at": START + timedelta(hours=place), **QUIET, **row} for place, row in enumerate(rows)]
    received = pd.DatetimeIndex([row["received_at"] for row in filled], tz=UTC).as_unit("us")
    others = {name: _column(name, [row[name] for row in filled]) for name in QUIET}
    return pd.DataFrame({"received_at": received, **others})


def _column(name: str, values: list[Any]) -> Any:
    if name in KINDS:
        return np.array(values, dtype=KINDS[name])
    known = sorted({*WORDS[name], *values} - {None})
    codes = [-1 if value is None else known.index(value) for value in values]
    return pd.Categorical.from_codes(codes, categories=pd.Index(known, dtype="str"))


def reviewed(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Reviews of turns, of which nothing is said that is not told."""
    blank = {"turn": -1, "kind": "escalation", "decided_action": None, "amount_minor": -1, "currency": "USD"}
    made = pd.DataFrame([{**blank, "check_case": None, **row} for row in rows], columns=[*blank, "check_case"])
    return made.astype(dict.fromkeys(("kind", "decided_action", "currency", "check_case"), "category"))


def labelled(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """Labels as turn, sample and verdict."""
    made = pd.DataFrame(rows, columns=["turn", "sample", "verdict"])
    return made.astype({"turn": np.int64, "sample": "category", "verdict": "category"})


def rated(*rows: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["turn", "rating"]).astype(np.int64)
