"""The built-in order store: a made-up shop in its own SQLite file, filled once from data/demo.

The demo data counts in days before the first start, so that the shop looks alive whenever it is opened.
"""

import json
import re
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, select

from agent.errors import ConfigurationError
from agent.model import Money, Order, OrderItem
from agent.ports.clock import Clock
from agent.store.database import Database
from agent.timestamps import to_text

tables = MetaData()

customers = Table(
    "customers",
    tables,
    Column("customer_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("language", Text, nullable=False),
)

orders = Table(
    "orders",
    tables,
    Column("number", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("placed_at", Text, nullable=False),
    Column("paid_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("carrier", Text),
    Column("tracking", Text),
    Column("delivered_at", Text),
)

order_items = Table(
    "order_items",
    tables,
    Column("number", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_minor", Integer, nullable=False),
    Column("refundable", Integer, nullable=False),
    Column("final_sale", Integer, nullable=False),
)

order_refunds = Table(
    "order_refunds",
    tables,
    Column("number", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("amount_minor", Integer, nullable=False),
    Column("refunded_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
)


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class DemoCustomer(_Record):
    """A customer of the demo shop as data/demo/customers.json holds it."""

    customer_id: str
    name: str
    email: str
    tier: str
    language: str


class DemoShipment(_Record):
    """How an order travels; `delivered_days_ago` is None while under way."""

    carrier: str
    tracking: str
    delivered_days_ago: int | None


class DemoRefund(_Record):
    """An earlier refund in cents."""

    amount_minor: int
    refunded_days_ago: int
    reason: str


class DemoOrder(_Record):
    """An order of the demo shop as data/demo/orders.json holds it; amounts in cents."""

    number: str
    customer_id: str
    placed_days_ago: int
    status: str
    currency: str
    items: tuple[OrderItem, ...]
    paid_minor: int
    shipment: DemoShipment | None
    refunds: tuple[DemoRefund, ...]


class DemoShop:
    """Reads orders of the demo shop."""

    def __init__(self, path: Path, demo: Path, clock: Clock) -> None:
        """Open the store, filling it from the JSON files in `demo` the first time."""
        self._database = Database(path, tables)
        with ExitStack() as undo, FileLock(f"{path}.lock"):
            undo.callback(self.close)
            self._fill(demo, clock.now())
            undo.pop_all()

    def get_order_by_id(self, number: str) -> Order | None:
        """The order with this number, however it is written (LF-10482, lf 10482, #10482)."""
        with self._database.read() as connection:
            row = (
                connection.execute(
                    select(orders, customers.c.name.label("customer_name"), customers.c.tier)
                    .join(customers, customers.c.customer_id == orders.c.customer_id)
                    .where(orders.c.number == canonical_number(number))
                )
                .mappings()
                .first()
            )
            if row is None:
                return None
            items = connection.execute(
                select(order_items).where(order_items.c.number == row["number"]).order_by(order_items.c.position)
            ).mappings()
            refunds = connection.execute(
                select(order_refunds.c.amount_minor).where(order_refunds.c.number == row["number"])
            ).scalars()
            return Order(
                number=row["number"],
                customer_id=row["customer_id"],
                customer_name=row["customer_name"],
                customer_tier=row["tier"],
                status=row["status"],
                placed_at=row["placed_at"],
                delivered_at=row["delivered_at"],
                paid=Money(minor=row["paid_minor"], currency=row["currency"]),
                refunded=Money(minor=sum(refunds), currency=row["currency"]),
                items=tuple(
                    OrderItem(
                        sku=item["sku"],
                        name=item["name"],
                        quantity=item["quantity"],
                        unit_minor=item["unit_minor"],
                        refundable=bool(item["refundable"]),
                        final_sale=bool(item["final_sale"]),
                    )
                    for item in items
                ),
                carrier=row["carrier"],
                tracking=row["tracking"],
            )

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def _fill(self, demo: Path, now: datetime) -> None:
        with self._database.read() as connection:
            if connection.execute(select(orders.c.number).limit(1)).first() is not None:
                return
        people = [DemoCustomer.model_validate(row) for row in _read(demo / "customers.json")]
        bought = [_demo_order(row, demo / "orders.json") for row in _read(demo / "orders.json")]
        with self._database.write() as connection:
            connection.execute(insert(customers), [person.model_dump() for person in people])
            connection.execute(insert(orders), [_order_row(order, now) for order in bought])
            connection.execute(insert(order_items), [row for order in bought for row in _item_rows(order)])
            connection.execute(insert(order_refunds), [row for order in bought for row in _refund_rows(order, now)])


def canonical_number(written: str) -> str:
    """The order number as the shop writes it: LF- and the digits."""
    digits = re.sub(r"\D", "", written)
    return f"LF-{digits}"


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"Demo data {path}: {error}. The shop was not opened; restore the file."
        raise ConfigurationError(message) from error
    return list(rows)


def _demo_order(row: dict[str, Any], path: Path) -> DemoOrder:
    try:
        return DemoOrder.model_validate(row)
    except ValidationError as error:
        message = f"Demo data {path}, order {row.get('number')}: {error}. The shop was not opened; mend the file."
        raise ConfigurationError(message) from error


def _ago(now: datetime, days: int) -> str:
    return to_text(now - timedelta(days=days, hours=1))


def _order_row(order: DemoOrder, now: datetime) -> dict[str, Any]:
    shipment = order.shipment
    delivered = shipment.delivered_days_ago if shipment else None
    return {
        "number": order.number,
        "customer_id": order.customer_id,
        "status": order.status,
        "placed_at": _ago(now, order.placed_days_ago),
        "paid_minor": order.paid_minor,
        "currency": order.currency,
        "carrier": shipment.carrier if shipment else None,
        "tracking": shipment.tracking if shipment else None,
        "delivered_at": None if delivered is None else _ago(now, delivered),
    }


def _item_rows(order: DemoOrder) -> list[dict[str, Any]]:
    return [{"number": order.number, "position": place, **item.model_dump()} for place, item in enumerate(order.items)]


def _refund_rows(order: DemoOrder, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "number": order.number,
            "position": place,
            "amount_minor": refund.amount_minor,
            "refunded_at": _ago(now, refund.refunded_days_ago),
            "reason": refund.reason,
        }
        for place, refund in enumerate(order.refunds)
    ]
