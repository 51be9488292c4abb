"""Card and account numbers must not leave the desk. E-mail addresses stay: whoever works on a ticket needs them."""

import re

from stdnum import iban, luhn

CARD = re.compile(r"(?<![\w.])[2-6](?:[ \u00a0.-]?[0-9]){12,18}(?!\w)")
"""13 to 19 digits as people write them; the first digit is one that card networks use."""

IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[A-Za-z0-9]{11,30}|(?:[ \u00a0][A-Za-z0-9]{1,4}){3,8})(?![A-Za-z0-9])"
)
"""An account number in one piece, or in groups of four as it is printed."""

SHOWN = 4


def mask(text: str) -> str:
    """The text with card and account numbers replaced but for their last four characters.

    A number counts as a card's if its check digit is right (Luhn), as an account's if country, length and check digits
    are an IBAN's, so that order and tracking numbers stay.
    """
    return CARD.sub(_mask_card, IBAN.sub(_mask_account, text))


def _mask_card(found: re.Match[str]) -> str:
    digits = "".join(char for char in found.group() if char.isdigit())
    return f"[card ending {digits[-SHOWN:]}]" if luhn.is_valid(digits) else found.group()


def _mask_account(found: re.Match[str]) -> str:
    """A match may run on into the words that follow: the longest beginning that is an account number is masked."""
    text = found.group()
    for end in range(len(text), 0, -1):
        compact = "".join(char for char in text[:end] if char.isalnum())
        if text[end - 1].isalnum() and iban.is_valid(compact):
            return f"[account ending {compact[-SHOWN:].upper()}]{text[end:]}"
    return text
