"""Amounts of money."""

from decimal import Decimal
from typing import Self

from agent.model.value import Value


class Money(Value):
    """An amount in integer minor units of one currency."""

    minor: int
    currency: str = "USD"

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor) / 100

    @classmethod
    def of(cls, amount: Decimal, currency: str = "USD") -> Self:
        """Money from major units; more than two decimals are refused with ValueError."""
        minor = amount * 100
        if minor != minor.to_integral_value():
            message = f"{amount} has more than two decimals"
            raise ValueError(message)
        return cls(minor=int(minor), currency=currency)

    def __str__(self) -> str:
        """The amount as a person reads it, for example $42.50 or 42.50 CHF."""
        symbol = {"USD": "$", "EUR": "€", "GBP": "£"}.get(self.currency)
        figure = f"{self.amount:,.2f}"
        return f"{symbol}{figure}" if symbol else f"{figure} {self.currency}"
