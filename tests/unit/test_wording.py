"""The desk says the same in every language."""

from collections.abc import Mapping
from dataclasses import fields
from string import Formatter
from typing import get_args

import pytest

from agent.errors import RefusalReason
from agent.model import DeliveryOption, DenialReason, OrderStatus, Tone
from agent.wording import ENGLISH, FRENCH, GERMAN, SPANISH, Phrases

OTHERS = [pytest.param(SPANISH, id="es"), pytest.param(GERMAN, id="de"), pytest.param(FRENCH, id="fr")]
EVERY = [pytest.param(ENGLISH, id="en"), *OTHERS]
ENGLISH_PAGES = "answer_in_english"
"""The one sentence that only the other languages need."""


def sentences(phrases: Phrases) -> dict[str, str]:
    """Every sentence under its path, for example `refusals.costs_more`."""
    found: dict[str, str] = {}
    for field in fields(phrases):
        found |= _flat(field.name, getattr(phrases, field.name))
    return found


def _flat(path: str, value: str | Mapping[str, object]) -> dict[str, str]:
    if isinstance(value, str):
        return {path: value}
    found: dict[str, str] = {}
    for key, inner in value.items():
        assert isinstance(inner, str | Mapping), f"{path}.{key} is neither a sentence nor a mapping of them"
        found |= _flat(f"{path}.{key}", inner)
    return found


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def edges(sentence: str) -> tuple[str, bool]:
    """How a sentence joins what stands before and after it: its leading blank or comma, its trailing blank."""
    return (sentence[:1] if sentence[:1] in {" ", ","} else ""), sentence.endswith(" ")


@pytest.mark.parametrize("phrases", OTHERS)
def test_every_language_has_every_sentence(phrases: Phrases) -> None:
    assert sentences(phrases).keys() == sentences(ENGLISH).keys()


@pytest.mark.parametrize("phrases", OTHERS)
def test_every_sentence_takes_the_same_values(phrases: Phrases) -> None:
    taken = {path: placeholders(sentence) for path, sentence in sentences(phrases).items()}

    assert taken == {path: placeholders(sentence) for path, sentence in sentences(ENGLISH).items()}


@pytest.mark.parametrize("phrases", OTHERS)
def test_nothing_is_left_unsaid(phrases: Phrases) -> None:
    english = {path for path, sentence in sentences(ENGLISH).items() if not sentence.strip()}

    empty = {path for path, sentence in sentences(phrases).items() if not sentence.strip()}

    assert empty == english - {ENGLISH_PAGES}


@pytest.mark.parametrize("phrases", OTHERS)
def test_sentences_join_as_in_english(phrases: Phrases) -> None:
    joined = {path: edges(sentence) for path, sentence in sentences(phrases).items()}

    assert joined == {path: edges(sentence) for path, sentence in sentences(ENGLISH).items()} | {
        ENGLISH_PAGES: ("", True)
    }


@pytest.mark.parametrize("phrases", EVERY)
def test_an_opening_ends_with_a_blank(phrases: Phrases) -> None:
    assert all(opening.endswith(" ") for opening in phrases.openings.values() if opening)


@pytest.mark.parametrize("phrases", EVERY)
def test_words_are_parted_by_one_blank(phrases: Phrases) -> None:
    assert [path for path, sentence in sentences(phrases).items() if "  " in sentence] == []


@pytest.mark.parametrize("phrases", EVERY)
def test_every_case_has_its_words(phrases: Phrases) -> None:
    assert phrases.openings.keys() == set(get_args(Tone))
    assert phrases.denials.keys() == set(get_args(DenialReason))
    assert phrases.statuses.keys() == phrases.states.keys() == set(get_args(OrderStatus))
    assert phrases.deliveries.keys() == set(get_args(DeliveryOption))
    assert phrases.refusals.keys() == set(get_args(RefusalReason))
    assert "general" in phrases.drafts
