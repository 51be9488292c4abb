"""A postal address as people type it: street, city and zip code, in the order of either side of the Atlantic."""

import re
from functools import cache

from babel import Locale

from agent.model import Address

LEAD = re.compile(
    r"^.*?\b(?:address(?: is)?|to|at|is|a|es|an|nach|ist|lautet|au|est)\b[\s:]+(?=.*\d)", re.IGNORECASE | re.DOTALL
)
FLAT = r"(?:,\s*(?:apt|apartment|unit|suite|floor|#|piso|depto|app)\.?\s?[\w-]{1,8})?"
STREET = (
    rf"(?P<street>(?:\d{{1,6}}[a-z]?(?:[/-]\d+)?\s+[^,\n\d][^,\n]{{2,60}}|[^,\n\d]{{3,50}}\s\d{{1,5}}\s?[a-z]?){FLAT})"
)
ZIP = r"(?P<zip>\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|\d{4})"
CITY = r"(?P<city>[^,\d\n]{2,40}(?:,\s*[a-z]{2}\b)?)"
TAIL = r"(?:\s*[,\n]?\s*(?P<country>[^\W\d][^\d,\n.!?]{1,40}))?\s*[.!?]*\s*$"
CITY_FIRST = re.compile(rf"{STREET}\s*[,\n]\s*{CITY}[,\s]+{ZIP}{TAIL}", re.IGNORECASE)
ROAD = r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|square)\.?"
NO_COMMA = re.compile(
    rf"(?P<street>\d{{1,6}}[a-z]?\s+[^,\n\d]{{2,40}}?\s{ROAD})\s+{CITY}[,\s]+{ZIP}{TAIL}", re.IGNORECASE
)
ZIP_FIRST = re.compile(rf"{STREET}\s*[,\n]\s*{ZIP}\s+{CITY}{TAIL}", re.IGNORECASE)
POLITE = re.compile(r"[,.\s]*\b(?:please|thanks|thank you|por favor|gracias|bitte|danke|merci|svp)\W*$", re.IGNORECASE)
HOME = "US"


def find_address(text: str) -> Address | None:
    """The address in the text, with the country it names (else the shop's own); None if one cannot be made out."""
    bare = POLITE.sub("", text.strip())
    for candidate in (LEAD.sub("", bare, count=1), bare):
        for pattern in (CITY_FIRST, ZIP_FIRST, NO_COMMA):
            found = pattern.search(candidate)
            if found:
                return Address(
                    street=_tidy(found["street"]),
                    city=_tidy(found["city"]),
                    zip=_tidy(found["zip"]).upper(),
                    country=_country(found["country"]),
                )
    return None


def _tidy(part: str) -> str:
    return " ".join(part.split()).strip(" ,.")


def _country(named: str | None) -> str:
    if not named:
        return HOME
    return _countries().get(_tidy(named).casefold(), HOME)


@cache
def _countries() -> dict[str, str]:
    """Names of countries in the shop's languages, and their codes."""
    names = {
        name.casefold(): code
        for language in ("en", "es", "de", "fr")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()  # noqa: PLR2004  ISO codes; longer ones are continents
    }
    return {**names, "usa": "US", "u.s.a": "US", "uk": "GB", "england": "GB"}
