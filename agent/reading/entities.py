"""Order number, amount and e-mail address as they stand in a message."""

import re
import unicodedata

from agent.model import Entities
from agent.reading.addresses import find_address
from agent.reading.amounts import find_amount
from agent.reading.delivery import find_delivery

DASHES = str.maketrans("‐‑‒–—−", "------")
SHOP_NUMBER = re.compile(r"(?<![A-Z\d])LF[\s\-_#:.]{0,3}(\d{4,8})(?![\d-])", re.IGNORECASE)
NO_MONEY = r"(?![\d-]|[.,]\d|\s?(?:%|[$€£]|dollars|bucks|euros?\b|usd\b|eur\b))"
FIGURE = rf"(?!\d{{4}}-\d\d-\d\d)(?P<number>(?:[A-Z]{{1,3}}-?)?\d[\d-]{{2,16}}\d){NO_MONEY}"
ORDER_WORD = r"(?:orders?|ordered|purchases?|pedidos?|compra|bestell\w*|auftrag\w*|commandes?|achat)"
LINK_WORD = (
    r"(?:numbers?|no|nr|num|id|ref|reference|n[uú]mero|nummer|num[eé]ro|n[°º]|is|was|with|the|my|this|it's|its"
    r"|[:#=.,()-])"
)
NAMED = re.compile(rf"\b{ORDER_WORD}(?:\s*{LINK_WORD}(?![a-z])){{0,6}}\s*{FIGURE}", re.IGNORECASE)
HASHED = re.compile(rf"(?:\b(?P<what>[a-z]{{1,12}})\s?(?:no\.?|number)?\s?)?#\s?{FIGURE}", re.IGNORECASE)
ALONE = re.compile(rf"^\W*{FIGURE}\W*$", re.IGNORECASE)
OTHER_THINGS = frozenset(
    (
        "invoice",
        "bill",
        "receipt",
        "ticket",
        "case",
        "tracking",
        "flight",
        "claim",
        "phone",
        "room",
        "model",
        "item",
        "sku",
        "serial",
        "card",
        "gate",
        "ref",
    )
)
EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@(?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,24}(?![\w@])", re.IGNORECASE)


def find_entities(text: str) -> Entities:
    """What stands in the text; the figures of an order number or an address are never read as an amount."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES)
    email = EMAIL.search(text)
    text = EMAIL.sub(" ", text)
    number, rest = _take_order_number(text)
    return Entities(
        order_number=number,
        amount=find_amount(rest),
        email=email[0] if email else None,
        address=find_address(rest),
        delivery=find_delivery(rest),
    )


def _take_order_number(text: str) -> tuple[str | None, str]:
    """The first order number, the shop's own form first, and the text without any number like it."""
    shop = SHOP_NUMBER.search(text)
    if shop:
        return f"LF-{shop[1]}", SHOP_NUMBER.sub(" ", text)
    for pattern in (NAMED, HASHED, ALONE):
        for match in pattern.finditer(text):
            if (match.groupdict().get("what") or "").lower() not in OTHER_THINGS:
                return match["number"].upper(), text[: match.start("number")] + " " + text[match.end("number") :]
    return None, text
