"""Which language a message is written in."""

import unicodedata
from copy import copy
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from agent.reading.plain_words import plain_words

LIKELY = ("en", "es", "de", "fr", "it", "pt", "nl", "pl", "sv", "da", "tr", "ro")
"""Languages that customers of the shop write in Latin letters; among all 97 that the model knows, a short message would
often be taken for a rare one."""
SURE = 0.8
"""Below it the message is too short to tell among so many."""
WRITTEN = ("en", "es", "de", "fr")
"""The shop's own languages, among which a short message is looked at once more."""
SURE_AMONG_FOUR = 0.75
"""Over 394 English messages of real customers none was then taken for another language."""
LETTERS = 2


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of the language; None if the text is too short or mixed to tell."""
    words = plain_words(text)
    letters = [char for char in words if char.isalpha()]
    if len(letters) < LETTERS:
        return None
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) * 2 >= len(letters)
    found, probability = _identifier(LIKELY if latin else ()).classify(words)
    if probability >= SURE or not latin:
        return str(found) if probability >= SURE else None
    found, probability = _identifier(WRITTEN).classify(words)
    return str(found) if probability >= SURE_AMONG_FOUR else None


def load_languages() -> None:
    """Read the identifiers now (half a second), rather than with the first customer's message."""
    for among in (LIKELY, WRITTEN, ()):
        _identifier(among)


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    """An identifier that chooses among these languages, or among all it knows."""
    identifier = copy(_whole_identifier())  # they share the model, and each keeps its own choice of columns
    if languages:
        identifier.set_languages(list(languages))
    return identifier


@cache
def _whole_identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
