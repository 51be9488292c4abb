"""The shop's order store."""

from typing import Protocol

from agent.model import Customer, Order, OrderChange, PastRefund, Variant


class OrderStore(Protocol):
    """Reads and changes orders. It never guesses: what is unknown is None, an unavailable store raises StorageError.

    Numbers are understood however they are written (LF-10482, lf 10482, #10482). A write is one transaction, is done
    once per `key` however often it is sent, and raises OrderRefusedError, changing nothing, if the order is no longer
    processing or no longer at `seen_version`.
    """

    def get_user(self, customer_id: str) -> Customer | None:
        """The customer with this id."""
        ...

    def get_order_by_id(self, number: str) -> Order | None:
        """The order with this number."""
        ...

    def get_customer_orders(self, customer_id: str, limit: int = 10) -> list[Order]:
        """The customer's orders, the latest first."""
        ...

    def get_variants(self, sku: str) -> list[Variant]:
        """The sizes or colours of a product; empty if it comes in one only."""
        ...

    def get_refunds(self, customer_id: str) -> list[PastRefund]:
        """What the shop paid back to a customer before, the latest first."""
        ...

    def cancel_order(self, number: str, *, key: str, seen_version: int) -> Order:
        """Cancel an order that is processing; the order as it is afterwards."""
        ...

    def update_order(self, number: str, change: OrderChange, *, key: str, seen_version: int) -> Order:
        """Change address, item or delivery of an order that is processing; the order as it is afterwards.

        Refused as well: an address in another country, a variant that is unknown or not in stock, a delivery option
        that costs more than was paid for delivery.
        """
        ...
