"""Card and account numbers must not leave the desk, and nothing that names a customer its logs and traces."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

CARD = re.compile(r"(?<![\w.])[0-9](?:[ \u00a0.-]?[0-9]){12,}(?!\w)")
"""13 digits or more as people write them, in one piece or in groups."""

LOOSE_CARD = re.compile(r"[0-9](?:[\s\u00a0._/\\*|\u2010-\u2015-]{0,3}[0-9]){12,}")
"""The same however it is written and whatever stands around it."""

CARD_DIGITS = range(13, 20)
FIRST_OF_CARD = "23456"
"""The first digits that card networks use."""

IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[A-Za-z0-9]{11,30}|(?:[ \u00a0][A-Za-z0-9]{1,4}){3,8})(?![A-Za-z0-9])"
)
"""An account number in one piece, or in groups of four as it is printed."""

E_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")

PHONE = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ \u00a0./()-]{0,2}[0-9]){7,14}(?!\w)")
"""With its country code, as people write it."""

DIGITS = re.compile(r"[0-9]+")
SHOWN = 4


def mask(text: str) -> str:
    """The text with card and account numbers replaced but for their last four characters.

    E-mail addresses stay: whoever works on a ticket needs them. A number counts as a card's if its check digit is right
    (Luhn), as an account's if country, length and check digits are an IBAN's, so that order and tracking numbers stay.
    """
    return CARD.sub(_mask_cards, IBAN.sub(_mask_account, text))


def mask_personal(text: str) -> str:
    """The same without e-mail addresses and telephone numbers, for what operators read who help no customer.

    In doubt a number is masked here, where nobody needs it.
    """
    return PHONE.sub("[phone number]", E_MAIL.sub("[e-mail address]", LOOSE_CARD.sub(_mask_cards, mask(text))))


def _mask_cards(found: re.Match[str]) -> str:
    """A match may begin before the number or run on behind it: every whole group may be where it begins or ends."""
    text = found.group()
    masked, done = [], 0
    for start, end in _cards(text):
        digits = "".join(DIGITS.findall(text[start:end]))
        masked.append(f"{text[done:start]}[card ending {digits[-SHOWN:]}]")
        done = end
    return "".join(masked) + text[done:]


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand, from the left, the longest first."""
    groups = [match.span() for match in DIGITS.finditer(text)]
    first = 0
    while first < len(groups):
        furthest = min(first + CARD_DIGITS.stop, len(groups))
        last = next((last for last in range(furthest - 1, first - 1, -1) if _is_card(text, groups, first, last)), None)
        if last is None:
            first += 1
        else:
            yield groups[first][0], groups[last][1]
            first = last + 1


def _is_card(text: str, groups: list[tuple[int, int]], first: int, last: int) -> bool:
    length = sum(end - start for start, end in groups[first : last + 1])
    if length not in CARD_DIGITS or text[groups[first][0]] not in FIRST_OF_CARD:
        return False
    return bool(luhn.is_valid("".join(text[start:end] for start, end in groups[first : last + 1])))


def _mask_account(found: re.Match[str]) -> str:
    """A match may run on into the words that follow: the longest beginning that is an account number is masked."""
    text = found.group()
    for end in range(len(text), 0, -1):
        compact = "".join(char for char in text[:end] if char.isalnum())
        if text[end - 1].isalnum() and iban.is_valid(compact):
            return f"[account ending {compact[-SHOWN:].upper()}]{text[end:]}"
    return text
