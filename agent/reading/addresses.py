"""A postal address as people type it: street, city and zip code, in the order of either side of the Atlantic."""

import re
from functools import cache

from babel import Locale

from agent.model import Address

LEAD = re.compile(
    r"^.*?(?:\b(?:address(?: is)?|to|at|is|a|es|an|auf|für|for|nach|ist|lautet|au|à|en|est)\b|:)[\s:]+(?=.*\d)",
    re.IGNORECASE | re.DOTALL,
)
FLAT = r"(?:[,\n]\s*(?:apt|apartment|unit|suite|floor|#|piso|depto|app)\.?\s?[\w-]{1,8})?"
NUMBERED = r"\d{1,3}(?:st|nd|rd|th)\b"
STREET = (
    rf"(?P<street>(?:\d{{1,6}}[a-z]?(?:[/-]\d+)?\s+(?:{NUMBERED}|[^,\n\d])[^,\n]{{2,60}}"
    rf"|[^,\n\d]{{3,50}}\s\d{{1,5}}\s?[a-z]?){FLAT})"
)
ZIP = r"(?P<zip>\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|\d{4})"
TOWN = r"[^\W\d][^,\d\n]{2,40}"
CITY = rf"(?P<city>{TOWN}(?:,\s*[a-z]{{2}}\b)?)"
CITY_AND_STATE = rf"(?P<city>{TOWN}(?:,\s*(?:[a-z]{{2,13}}\s)?[a-z]{{2,13}}\b)?)"
TAIL = r"(?:\s*[,\n]?\s*(?P<country>[^\W\d][^\d,\n.!?]{1,40}))?\s*(?:[.!?\n]|$)"
CITY_FIRST = re.compile(rf"{STREET}\s*[,\n]\s*{CITY_AND_STATE}[,\s]+{ZIP}{TAIL}", re.IGNORECASE)
ROAD = r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|square)\.?"
NO_COMMA = re.compile(
    rf"(?P<street>\d{{1,6}}[a-z]?\s+(?:{NUMBERED}|[^,\n\d]){{1,40}}?\s{ROAD})\s+{CITY}[,\s]+{ZIP}{TAIL}", re.IGNORECASE
)
ZIP_FIRST = re.compile(rf"{STREET}\s*[,\n]\s*{ZIP}\s+{CITY}{TAIL}", re.IGNORECASE)
POLITE = re.compile(
    r"[,.\s]{0,9}\b(?:please|thanks|thank you|por favor|gracias|bitte|danke|merci|svp)\W*$", re.IGNORECASE
)
OLD = re.compile(
    r"[,.;\s]{0,9}\b(?:instead of|rather than|not|no longer|from|en lugar de|en vez de|(?:an)?statt|au lieu d[eu])\b.*",
    re.IGNORECASE | re.DOTALL,
)
HOME = "US"
MOST_LEADS = 6
LONGEST_STREET = 9
SENTENCE = re.compile(
    r"\b(address|order|change|send|ship|please|need|want|instead|direcci[oó]n|pedido|cambi\w+|adresse|bestellung|lieferadresse|"
    r"bitte|brauche|schicken|[aä]ndern|commande|livraison|changer|from|to|for|auf|f[uü]r)\b",
    re.IGNORECASE,
)
"""Words of a wish rather than of a street."""


def find_address(text: str) -> Address | None:
    """The address in the text, the last if there are several, with the country it names (else an empty one).

    An address after "instead of" or "from" is the old one. None if no address can be made out.
    """
    if not any(char.isdigit() for char in text):
        return None
    bare = POLITE.sub("", text.strip())
    new = OLD.sub("", bare, count=1)
    for candidate in dict.fromkeys([*_behind_leads(new), new, *_behind_leads(bare), bare]):
        for pattern in (CITY_FIRST, ZIP_FIRST, NO_COMMA):
            found = [one for one in pattern.finditer(candidate) if _is_street(one["street"])]
            if found:
                return _address(found[-1])
    return None


def _behind_leads(text: str) -> list[str]:
    """What stands behind the first, the second, … word that an address follows, the longest first."""
    rest: list[str] = []
    while len(rest) < MOST_LEADS and (shorter := LEAD.sub("", text, count=1)) != text:
        rest.append(shorter)
        text = shorter
    return rest


def _is_street(street: str) -> bool:
    """Whether this can be a street and not half a sentence before it."""
    return len(re.findall(r"\w+", street)) <= LONGEST_STREET and not SENTENCE.search(street)


def _address(found: re.Match[str]) -> Address:
    return Address(
        street=_tidy(found["street"]),
        city=_tidy(found["city"]),
        zip=_tidy(found["zip"]).upper(),
        country=_country(found["country"]),
    )


def _tidy(part: str) -> str:
    return " ".join(part.split()).strip(" ,.")


def _country(named: str | None) -> str:
    """The code of the country, which may have one more word behind it ("Deutschland schicken")."""
    whole = _tidy(named or "").casefold()
    found = _countries().get(whole) or _countries().get(whole.rpartition(" ")[0])
    return found or ""


@cache
def _countries() -> dict[str, str]:
    """Names of countries in the shop's languages, and their codes."""
    names = {
        name.casefold(): code
        for language in ("en", "es", "de", "fr")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()  # noqa: PLR2004  ISO codes; longer ones are continents
    }
    # after an address in the shop's own country, Georgia is the state
    return {**names, "usa": "US", "u.s.a": "US", "uk": "GB", "england": "GB", "georgia": HOME}
