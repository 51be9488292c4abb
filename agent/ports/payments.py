"""Where money leaves."""

from typing import Protocol

from agent.model import Money


class Payments(Protocol):
    """Pays refunds. The same key pays once, however often it is sent."""

    def refund(self, *, key: str, amount: Money, order_number: str | None, customer: str) -> str:
        """Pay `amount` back and return the provider's reference.

        Raises PaymentError if it was not paid, and if `key` was used before with other parameters.
        """
        ...

    def paid(self, key: str) -> str | None:
        """The reference under which `key` was paid, None if it was not."""
        ...
