"""The shop's order store."""

from typing import Protocol

from agent.model import Order


class OrderStore(Protocol):
    """Reads orders. It never guesses: an unknown number is None, an unavailable store raises StorageError."""

    def get_order_by_id(self, number: str) -> Order | None:
        """The order with this number, however it is written (LF-10482, lf 10482, #10482)."""
        ...
