"""Choose the language of a reply, and write times as people of that language do."""

from collections.abc import Mapping
from types import MappingProxyType

from babel.dates import format_datetime

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
    pattern = "d MMM yyyy, HH:mm" if language != "de" else "d. MMM yyyy, HH:mm"
    locale = language if is_written(language) else "en"
    return format_datetime(from_text(moment), pattern, locale=locale) + " UTC"


def day(language: str, moment: str) -> str:
    """A day as a reader expects it: `21 Nov 2026` in English."""
    return when(language, moment).partition(",")[0]
