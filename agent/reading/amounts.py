"""An amount of money as people write it: $240, 240 dollars, USD 42.50, 42,50 €, £20, 1,299.00."""

import re
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from agent.model import Money

CURRENCIES = MappingProxyType(
    {
        "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD",
        "dólares": "USD", "dolares": "USD",
        "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
        "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
        "chf": "CHF", "cad": "CAD", "aud": "AUD",
    }
)  # fmt: skip  # one currency a line
FIGURE = r"(?P<figure>\d{1,9}(?:[.,'\s]\d{3}){0,3}(?:[.,]\d{1,3})?)"
SIGN = r"us\$|[$€£]|\b(?:usd|eur|gbp|chf|cad|aud)"
WORD = r"us\$|[$€£]|(?:usd|eur|gbp|chf|cad|aud|dollars?|bucks?|euros?|pounds?|quid|d[oó]lares)\b"
NOT_INSIDE = r"(?<![\w.,])(?<![-−–])"
NO_MORE = r"(?![.,']?\d|\w)"
BEFORE = re.compile(rf"(?<![-−–\d])(?P<currency>{SIGN})\s?{FIGURE}{NO_MORE}", re.IGNORECASE)
AFTER = re.compile(rf"{NOT_INSIDE}{FIGURE}\s?-?(?P<currency>{WORD})(?!\w)", re.IGNORECASE)
NAKED = re.compile(
    rf"\b(?:refund\w*|charged|paid|reimburse\w*|compensation|credit)\s+(?:me\s+)?(?:of\s+|for\s+)?"
    rf"(?P<figure>\d{{1,6}}[.,]\d{{2}}){NO_MORE}(?!\s?-?(?:{WORD}))",
    re.IGNORECASE,
)
ASKED_BEFORE = re.compile(
    r"(?:refund|reimburs|compensat|rebat|restitut|give|return|credit|pay)\w*\W+(?:\w+\W+){0,3}$", re.IGNORECASE
)
ASKED_AFTER = re.compile(r"^\W*(?:\w+\W+)?(?:back|refund|rebate|compensation|reimburse)", re.IGNORECASE)
HOME_CURRENCY = "USD"
DOT_GROUPS_THOUSANDS = frozenset({"EUR", "CHF"})


def find_amount(text: str) -> Money | None:
    """The amount that is asked for; with several, the one beside a word such as "refund", else the first."""
    found = sorted(_amounts(text), key=lambda place: place[0])
    for start, end, money in found:
        if ASKED_BEFORE.search(text[max(0, start - 40) : start]) or ASKED_AFTER.search(text[end : end + 30]):
            return money
    return found[0][2] if found else None


def _amounts(text: str) -> Iterator[tuple[int, int, Money]]:
    """Start, end and value of every positive amount."""
    for pattern in (BEFORE, AFTER, NAKED):
        for match in pattern.finditer(text):
            sign = match.groupdict().get("currency")
            currency = CURRENCIES[sign.lower()] if sign else HOME_CURRENCY
            value = _value(match["figure"], currency)
            if value:
                yield match.start(), match.end(), Money.of(value, currency)


def _value(figure: str, currency: str) -> Decimal | None:
    """The figure in major units; None if its separators can be read in two ways or not at all."""
    figure = re.sub(r"(?<=\d)['\s](?=\d{3}(?:\D|$))", "", figure)
    whole, decimals = _split(figure, currency)
    if not re.fullmatch(r"\d+|\d{1,3}(?:[.,]\d{3})+", whole):
        return None
    return Decimal(f"{re.sub('[.,]', '', whole)}.{decimals or '0'}")


def _split(figure: str, currency: str) -> tuple[str, str]:
    """Whole part and decimals. Three digits after the only separator are thousands, if that is how they are written."""
    match = re.search(r"[.,](\d{1,2})$", figure)
    if match:
        return figure[: match.start()], match[1]
    lone_dot = figure.count(".") == 1 and "," not in figure
    if lone_dot and currency not in DOT_GROUPS_THOUSANDS:
        return "", ""
    return figure, ""
