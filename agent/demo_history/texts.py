"""The sentences of the made-up year, from data/demo/history.json, ready to be filled in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.demo_history.chance import Chance
from agent.errors import ConfigurationError
from agent.model import Category, Citation, Topic
from agent.reading.urgency import is_urgent
from agent.rules import is_courtesy
from agent.settings import DATA

FILE = DATA / "demo" / "history.json"

Choices = Mapping[str, tuple[str, ...]]
"""What a slot can be filled with."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots: pairs of text and the slot behind it, and the text after the last slot.

    What the rules read from its words is read once, since no slot changes it.
    """

    parts: tuple[tuple[str, str], ...]
    last: str
    starts_with_slot: bool
    is_courtesy: bool
    is_urgent: bool
    names_order: bool
    names_amount: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Questions that one article answers, by language; `answer` is what the desk says from it."""

    article: str
    category: Category
    topic: Topic
    answer: str
    texts: Mapping[str, tuple[Template, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Questions that no article answers; `near` is the least unfit one, `came` the one that came in mid-year."""

    near: str
    came: str | None
    category: Category
    answer: str
    texts: tuple[Template, ...]
    slots: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is said in the made-up year."""

    questions: Mapping[str, tuple[Question, ...]]
    subjects: tuple[Subject, ...]
    messages: Mapping[str, Mapping[str, tuple[Template, ...]]]
    replies: Mapping[str, Any]
    slots: Mapping[str, tuple[str, ...]]
    around: Mapping[str, Mapping[str, tuple[str, ...]]]
    citations: Mapping[str, Citation]

    def fill(self, template: Template, chance: Chance, given: Mapping[str, str], own: Choices) -> str:
        """The sentence with every slot filled: from `given`, else by chance from its `own` choices or the common ones.

        A choice may hold slots of the common ones.
        """
        if not template.parts:
            return template.last
        filled: list[str] = []
        for before, slot in template.parts:
            value = given.get(slot) or chance.one_of(own.get(slot) or self.slots[slot])
            if "{" in value:
                value = value.format(**{name: chance.one_of(these) for name, these in self.slots.items()})
            filled += (before, value)
        text = "".join((*filled, template.last))
        return text[0].upper() + text[1:] if template.starts_with_slot else text

    def framed(self, sentence: str, language: str, chance: Chance) -> str:
        """The sentence as somebody sends it, with or without a greeting."""
        around = self.around[language]
        opener = chance.one_of(around["openers"])
        if opener and language != "de" and sentence[1:2].islower():
            sentence = sentence[0].lower() + sentence[1:]
        return f"{opener}{sentence}{chance.one_of(around['closers'])}"


def read_texts(file: Path = FILE) -> Texts:
    """The sentences; raises ConfigurationError if the file is damaged."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        return _texts(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{file}: {error!r}. Nothing was written; restore the file."
        raise ConfigurationError(message) from error


def _texts(document: Mapping[str, Any]) -> Texts:
    questions = [_question(entry) for entry in document["questions"]]
    subjects = tuple(_subject(entry) for entry in document["gaps"])
    languages = tuple(document["around"])
    return Texts(
        questions={code: tuple(one for one in questions if code in one.texts) for code in languages},
        subjects=subjects,
        messages={
            kind: {code: _templates(texts) for code, texts in by_language.items()}
            for kind, by_language in document["messages"].items()
        },
        replies=document["replies"],
        slots={name: tuple(values) for name, values in document["slots"].items()},
        around={
            code: {name: tuple(these) for name, these in each.items()} for code, each in document["around"].items()
        },
        citations={file.stem: _citation(file) for file in sorted((DATA / "knowledge").glob("*.md"))},
    )


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        article=entry["article"],
        category=entry["category"],
        topic=entry["topic"],
        answer=entry["answer"],
        texts={code: _templates(texts) for code, texts in entry["texts"].items()},
    )


def _subject(entry: Mapping[str, Any]) -> Subject:
    return Subject(
        near=entry["near"],
        came=entry["came"],
        category=entry["category"],
        answer=entry["answer"],
        texts=_templates(entry["texts"]),
        slots={name: tuple(values) for name, values in entry["slots"].items()},
    )


def _templates(texts: list[str]) -> tuple[Template, ...]:
    return tuple(_template(text) for text in texts)


def _template(text: str) -> Template:
    first, *others = text.split("{")
    parts, before = [], first
    for other in others:
        slot, after = other.split("}", 1)
        parts.append((before, slot))
        before = after
    return Template(
        parts=tuple(parts),
        last=before,
        starts_with_slot=bool(parts) and not first,
        is_courtesy=is_courtesy(text),
        is_urgent=is_urgent(text),
        names_order="{number}" in text,
        names_amount="{amount}" in text,
    )


def _citation(file: Path) -> Citation:
    """An article that came with the desk, by the title in its head."""
    lines = file.read_text(encoding="utf-8").splitlines()
    title = next(line.partition(":")[2].strip() for line in lines if line.startswith("title:"))
    return Citation(article_id=file.stem, title=title, chunk_id=f"{file.stem}#0")
