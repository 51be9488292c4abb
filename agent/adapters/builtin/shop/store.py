"""The demo shop as an order store."""

from functools import partial
from pathlib import Path

from agent.adapters.builtin.shop.changes import CANCEL, Request, apply_change, cancel, change_once
from agent.adapters.builtin.shop.numbers import canonical_number
from agent.adapters.builtin.shop.opening import open_shop
from agent.adapters.builtin.shop.reads import find_customer, find_order, orders_of, refunds_of, variants_of
from agent.model import Customer, Order, OrderChange, PastRefund, Variant
from agent.ports.clock import Clock
from agent.store.opening import Place
from agent.timestamps import to_text


class DemoShop:
    """Reads and changes orders of the demo shop, as `agent.ports.orders.OrderStore` promises."""

    def __init__(self, place: Place, demo: Path, clock: Clock) -> None:
        """Open the store, filling it from the JSON files in `demo` the first time.

        Raises ConfigurationError if the demo data is damaged, StorageError if the place is unusable.
        """
        self._clock = clock
        self._database = open_shop(place, demo, clock.now())

    def get_user(self, customer_id: str) -> Customer | None:
        """The customer with this id."""
        with self._database.read() as connection:
            return find_customer(connection, customer_id)

    def get_order_by_id(self, number: str) -> Order | None:
        """The order with this number, however it is written (LF-10482, lf 10482, #10482)."""
        with self._database.read() as connection:
            return find_order(connection, canonical_number(number))

    def get_customer_orders(self, customer_id: str, limit: int = 10) -> list[Order]:
        """The customer's orders, the latest first."""
        with self._database.read() as connection:
            return orders_of(connection, customer_id, limit)

    def get_variants(self, sku: str) -> list[Variant]:
        """The sizes or colours of a product; empty if it comes in one only."""
        with self._database.read() as connection:
            return variants_of(connection, sku)

    def get_refunds(self, customer_id: str) -> list[PastRefund]:
        """What the shop paid back to a customer before, the latest first."""
        with self._database.read() as connection:
            return refunds_of(connection, customer_id)

    def cancel_order(self, number: str, *, key: str, seen_version: int) -> Order:
        """Cancel an order that is processing; the order as it is afterwards.

        Raises OrderRefusedError, and nothing is changed; the same key again gives the first result.
        """
        request = self._request(number, CANCEL, key, seen_version)
        with self._database.write() as connection:
            return change_once(connection, request, cancel)

    def update_order(self, number: str, change: OrderChange, *, key: str, seen_version: int) -> Order:
        """Change address, item or delivery of an order that is processing; the order as it is afterwards.

        Raises OrderRefusedError, and nothing is changed; the same key again gives the first result.
        """
        request = self._request(number, change.model_dump_json(), key, seen_version)
        with self._database.write() as connection:
            return change_once(connection, request, partial(apply_change, change=change))

    def _request(self, number: str, what: str, key: str, seen_version: int) -> Request:
        at = to_text(self._clock.now())
        return Request(number=canonical_number(number), what=what, key=key, seen_version=seen_version, at=at)

    def close(self) -> None:
        """Give the file back."""
        self._database.close()
