"""The labelled examples that the engine learns from, as data/training holds them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import ConfigurationError
from agent.model import Category, Intent, OrderAction, SentimentLabel, Topic

FOLDS = 5
BLOCKS = 15
"""Neighbouring rows of a file were written in one voice. Blocks of rows, not single rows, are held out together, so
that figures from held-out rows tell how the engine does on a voice that it has not read."""


class Example(BaseModel):
    """A labelled text; `fold` says with which part of the examples it is held out."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(min_length=1)
    fold: int = 0


class MessageExample(Example):
    """A customer's message; `intent` is None where the message has none of its own, `action` where it is no order."""

    intent: Intent | None
    topic: Topic
    category: Category
    person: bool
    action: OrderAction | None = None


class MoodExample(Example):
    """A customer's message and how its writer feels."""

    sentiment: SentimentLabel


class OtherMoodExample(Example):
    """A message that was written for its intent; its mood is labelled in some files."""

    sentiment: SentimentLabel | None = None


Row = TypeVar("Row", bound=Example)


def read_messages(folder: Path) -> list[MessageExample]:
    """All rows of `folder`/*.jsonl; raises ConfigurationError with file and line if one is malformed."""
    files = sorted(folder.glob("*.jsonl"))
    return [row for file in files for row in _read(file, MessageExample)] or _nothing(folder)


def read_moods(file: Path, messages: Path) -> list[MoodExample]:
    """All rows of `file`, and those of `messages`/*.jsonl that are labelled with a mood as well.

    Raises ConfigurationError with file and line if one is malformed.
    """
    others = [row for each in sorted(messages.glob("*.jsonl")) for row in _read(each, OtherMoodExample)]
    labelled = [MoodExample(text=row.text, fold=row.fold, sentiment=row.sentiment) for row in others if row.sentiment]
    return [*_read(file, MoodExample), *labelled] or _nothing(file)


def _nothing(place: Path) -> list[Any]:
    message = f"{place} holds no training examples, so nothing was trained: restore data/training from the repository."
    raise ConfigurationError(message)


def _read(file: Path, kind: type[Row]) -> list[Row]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read ({error}), nothing was trained: restore it from the repository."
        raise ConfigurationError(message) from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    return [
        _parse(file, number, line, kind, fold=place * BLOCKS // len(numbered) % FOLDS)
        for place, (number, line) in enumerate(numbered)
    ]


def _parse(file: Path, number: int, line: str, kind: type[Row], *, fold: int) -> Row:
    try:
        fields: Mapping[str, Any] = json.loads(line)
        return kind(**{**fields, "fold": fold})
    except ValidationError as error:
        problems = "; ".join(f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors())
        raise _malformed(file, number, problems) from error
    except (ValueError, TypeError) as error:
        raise _malformed(file, number, str(error)) from error


def _malformed(file: Path, number: int, problem: str) -> ConfigurationError:
    return ConfigurationError(
        f"{file}:{number} is not a training example ({problem}). Nothing was trained; correct the line, the format is "
        "in data/README.md."
    )
