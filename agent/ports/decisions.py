"""Decisions and payments as the graph's nodes see them."""

from collections.abc import Sequence
from typing import Protocol

from agent.model import Money, PastRefund, RefundPayment, StoredDecision


class Decisions(Protocol):
    """Reads what people decided."""

    def read(self, review_id: str) -> StoredDecision:
        """The decision that counts, the second person's where there are two; raises AlarmError if there is none."""
        ...

    def seats(self, review_id: str) -> tuple[StoredDecision, ...]:
        """Every decision that counts, by seat: first who decided, then who confirmed; AlarmError if there is none."""
        ...


class RefundLedger(Protocol):
    """Pays each approved review once and remembers it."""

    def refunded(self, order_number: str) -> Money:
        """What this desk has paid back on an order so far, payments under way included."""
        ...

    def paid_refunds(self, order_numbers: Sequence[str]) -> list[PastRefund]:
        """What this desk has paid back on these orders, the latest first."""
        ...

    def count_paid(self) -> int:
        """How many refunds were paid and confirmed."""
        ...

    def pay(self, payment: RefundPayment) -> str:
        """Pay and return the provider's reference; the same review is paid once, however often this is called.

        Raises PaymentError if it was not paid, and OverRefundError if it is more than may go back.
        """
        ...
