"""Card and account numbers must not leave the desk. E-mail addresses stay: whoever works on a ticket needs them."""

import re

CARD = re.compile(r"(?<![\w.])[2-6](?:[ \u00a0.-]?\d){12,18}(?![\w])")
"""13 to 19 digits as people write them; the first digit is one that card networks use."""

IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")

SHORTEST_IBAN, LONGEST_IBAN = 15, 34
SHOWN = 4


def mask(text: str) -> str:
    """The text with card and account numbers replaced but for their last four characters.

    A number counts as a card's if its check digit is right (Luhn), as an account's if its IBAN is (ISO 13616), so that
    order and tracking numbers stay.
    """
    return IBAN.sub(_mask_account, CARD.sub(_mask_card, text))


def _mask_card(found: re.Match[str]) -> str:
    digits = [int(char) for char in found.group() if char.isdigit()]
    return f"[card ending {_last(found)}]" if _is_card(digits) else found.group()


def _is_card(digits: list[int]) -> bool:
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]  # noqa: PLR2004  Luhn's sum of digits
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _mask_account(found: re.Match[str]) -> str:
    """A match may run on into the words that follow: the longest beginning with right check digits is the account."""
    text = found.group()
    for end in range(len(text), 0, -1):
        compact = "".join(char for char in text[:end] if char.isalnum())
        if len(compact) < SHORTEST_IBAN:
            break
        if text[end - 1].isalnum() and len(compact) <= LONGEST_IBAN and _is_account(compact):
            return f"[account ending {compact[-SHOWN:]}]{text[end:]}"
    return text


def _is_account(compact: str) -> bool:
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _last(found: re.Match[str]) -> str:
    return "".join(char for char in found.group() if char.isdigit())[-SHOWN:]
