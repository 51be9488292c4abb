"""What was typed, as the desk's own types; whatever does not fit is refused before anything happens."""

from decimal import Decimal, InvalidOperation
from typing import Any

from agent.errors import InvalidDecisionError
from agent.model import Identity, Money, Review, Role

MAX_DIGITS = 12


def identity_of(name: str, role: Role = "reviewer") -> Identity:
    """Who is recorded; the command line trusts whoever has the shell."""
    if not name.strip() or not name.isprintable():
        message = "--as needs a name; nothing was decided."
        raise InvalidDecisionError(message)
    return Identity(subject=name, role=role, source="command-line")


def chosen(given: str, allowed: tuple[str, ...], what: str) -> Any:
    """One of the allowed words."""
    if given not in allowed:
        message = f"Unknown {what} {given!r}; nothing was decided. Use one of {', '.join(allowed)}."
        raise InvalidDecisionError(message)
    return given


def amount_of(written: str, review: Review) -> Money:
    """The amount in the review's currency; NaN, infinities and more than two decimals are refused."""
    currency = review.amount.currency if review.amount else "USD"
    message = f"{written!r} is not an amount; nothing was decided. Write it like 42.50."
    try:
        amount = Decimal(written)
    except InvalidOperation as error:
        raise InvalidDecisionError(message) from error
    if not amount.is_finite() or amount.adjusted() > MAX_DIGITS or amount != round(amount, 2):
        raise InvalidDecisionError(message)
    return Money.of(amount, currency)
