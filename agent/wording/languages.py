"""Choose the language of a reply, and write times as people of that language do."""

from collections.abc import Mapping
from datetime import UTC, date
from functools import lru_cache
from types import MappingProxyType

from babel.dates import format_date

from agent.model import Language
from agent.timestamps import from_text
from agent.wording.english import ENGLISH
from agent.wording.french import FRENCH
from agent.wording.german import GERMAN
from agent.wording.phrases import Phrases
from agent.wording.spanish import SPANISH

LANGUAGES: Mapping[Language, Phrases] = MappingProxyType(
    {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "fr": FRENCH},
)


def phrases_in(language: str) -> Phrases:
    """The desk's sentences in this language (ISO 639-1), in English if the desk does not write it."""
    return next((phrases for known, phrases in LANGUAGES.items() if known == language), ENGLISH)


def is_written(language: str) -> bool:
    """Whether the desk has sentences of its own in this language."""
    return language in LANGUAGES


def when(language: str, moment: str) -> str:
    """A time as a reader expects it: `21 Nov 2026, 07:30 UTC` in English."""
    at = from_text(moment).astimezone(UTC)
    return f"{_calendar_day(language, at.date())}, {at:%H:%M} UTC"


def day(language: str, moment: str) -> str:
    """A day as a reader expects it: `21 Nov 2026` in English."""
    return _calendar_day(language, from_text(moment).astimezone(UTC).date())


@lru_cache(maxsize=4096)
def _calendar_day(language: str, on: date) -> str:
    """Looked up once a day and language: finding the name of a month takes longer than all else in a reply."""
    pattern = "d MMM yyyy" if language != "de" else "d. MMM yyyy"
    return format_date(on, pattern, locale=language if is_written(language) else "en")
