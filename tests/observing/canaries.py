"""Made-up numbers and addresses that must turn up nowhere, and how to find them however they are written."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

NETWORKS = {
    "visa": ("4", 16), "old visa": ("4", 13), "long visa": ("4", 19), "mastercard": ("55", 16),
    "new mastercard": ("2221", 16), "amex": ("37", 15), "discover": ("6011", 16), "jcb": ("3528", 16),
    "diners": ("36", 14), "maestro": ("5018", 16), "unionpay": ("62", 16),
}  # fmt: skip  # a table
SEPARATORS = ("", " ", "-", ".", "\u00a0", "\u2013", "/", "  ")
SEPARATED = re.compile(r"(?<=\d)[\s\u00a0._/\\|\u2010-\u2015-]{1,3}(?=\d)")

TEMPLATES = (
    "How long does standard delivery take? I paid with {card}, mail {mail}",
    "I want a refund of $240 for order LF-10482 to my card {card}. {mail}",
    "The app crashes every time I open my basket, my card {card} was charged 2 times. {mail}, {phone}",
    "I am furious!! You took money from {card}, I want a human. {phone}",
    "Where is my order LF-10482? It was paid from {iban}, {mail}",
    "card{card} {mail}",
    "Can I pay by invoice from {iban} instead of {card}?",
    "boom {card} {mail} {iban}",
)
"""The last one makes the engine fail with the message in its error."""


@dataclass(frozen=True)
class Canary:
    """One customer's secrets, and the message they stand in."""

    text: str
    card: str
    mail: str
    phone: str
    iban: str


def canaries(count: int) -> Iterator[Canary]:
    """As many as wanted, always the same."""
    chance = random.Random(26)  # noqa: S311  nothing is secret here
    for number in range(count):
        prefix, length = list(NETWORKS.values())[number % len(NETWORKS)]
        body = prefix + "".join(chance.choices("0123456789", k=length - len(prefix) - 1))
        card = body + luhn.calc_check_digit(body)
        account = "370400440532" + f"{number:06d}"
        iban = f"DE{mod_97_10.calc_check_digits(account + 'DE')}{account}"
        phone = "+49170" + f"{chance.randrange(10**7):07d}"
        mail = f"canary.{number:04d}+x@mail-{number % 7}.example.com"
        template = TEMPLATES[number % len(TEMPLATES)]
        shown = grouped(card, SEPARATORS[number % len(SEPARATORS)])
        text = template.format(card=shown, mail=mail, phone=grouped(phone, " "), iban=grouped(iban, " "))
        yield Canary(text=text, card=card, mail=mail, phone=phone, iban=iban)


def grouped(number: str, separator: str) -> str:
    """In groups of four."""
    return separator.join(number[start : start + 4] for start in range(0, len(number), 4))


def found_in(sink: str, planted: Iterable[Canary]) -> set[str]:
    """What of the planted secrets stands in there, with or without separators."""
    flat = SEPARATED.sub("", sink)
    bare = re.sub(r"[\s\u00a0]", "", sink)
    return {
        secret
        for canary in planted
        for secret in (canary.card, canary.mail, canary.phone, canary.iban)
        if secret in sink or secret in flat or secret in bare
    }
