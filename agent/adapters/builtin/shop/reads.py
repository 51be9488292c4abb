"""Reading the shop's tables."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from agent.adapters.builtin.shop.tables import (
    customers,
    order_items,
    order_refunds,
    orders,
    shipments,
    variants,
)
from agent.model import Address, Customer, Money, Order, OrderItem, PastRefund, Variant


def find_customer(connection: Connection, customer_id: str) -> Customer | None:
    """The customer with this id."""
    row = connection.execute(select(customers).where(customers.c.customer_id == customer_id)).mappings().first()
    return None if row is None else Customer.model_validate(dict(row))


def find_order(connection: Connection, number: str) -> Order | None:
    """The order with this number, written as the shop writes it."""
    found = _orders(connection, orders.c.number == number, limit=1)
    return found[0] if found else None


def orders_of(connection: Connection, customer_id: str, limit: int) -> list[Order]:
    """The customer's orders, the latest first."""
    return _orders(connection, orders.c.customer_id == customer_id, limit=limit)


def variants_of(connection: Connection, sku: str) -> list[Variant]:
    """The sizes or colours of a product, the smallest size first."""
    found = connection.execute(select(variants).where(variants.c.sku == sku).order_by(variants.c.position)).mappings()
    return [Variant(sku=row["sku"], name=row["name"], in_stock=row["in_stock"]) for row in found]


def refunds_of(connection: Connection, customer_id: str) -> list[PastRefund]:
    """What went back to a customer before, the latest first."""
    found = connection.execute(
        select(order_refunds, orders.c.currency)
        .join(orders, orders.c.number == order_refunds.c.number)
        .where(orders.c.customer_id == customer_id)
        .order_by(order_refunds.c.refunded_at.desc(), order_refunds.c.number.desc(), order_refunds.c.position.desc())
    ).mappings()
    return [
        PastRefund(
            order_number=row["number"],
            amount=Money(minor=row["amount_minor"], currency=row["currency"]),
            refunded_at=row["refunded_at"],
            reason=row["reason"],
        )
        for row in found
    ]


def _orders(connection: Connection, which: ColumnElement[bool], limit: int) -> list[Order]:
    found = (
        connection.execute(
            select(
                orders,
                customers.c.name.label("customer_name"),
                customers.c.tier.label("customer_tier"),
                shipments.c.carrier,
                shipments.c.tracking,
                shipments.c.shipped_at,
                shipments.c.delivered_at,
            )
            .join(customers, customers.c.customer_id == orders.c.customer_id)
            .outerjoin(shipments, shipments.c.number == orders.c.number)
            .where(which)
            .order_by(orders.c.placed_at.desc(), orders.c.number.desc())
            .limit(max(limit, 0))  # SQLite takes a negative limit for none at all
        )
        .mappings()
        .all()
    )
    numbers = [row["number"] for row in found]
    items, refunded = _items(connection, numbers), _refunded(connection, numbers)
    return [_order(row, items[row["number"]], refunded.get(row["number"], 0)) for row in found]


def _items(connection: Connection, numbers: Sequence[str]) -> dict[str, list[OrderItem]]:
    found = connection.execute(
        select(order_items)
        .where(order_items.c.number.in_(numbers))
        .order_by(order_items.c.number, order_items.c.position)
    ).mappings()
    items = defaultdict(list)
    for row in found:
        items[row["number"]].append(OrderItem.model_validate(_only(row, OrderItem.model_fields)))
    return items


def _refunded(connection: Connection, numbers: Sequence[str]) -> dict[str, int]:
    """Cents that went back, by order number."""
    found = connection.execute(
        select(order_refunds.c.number, func.sum(order_refunds.c.amount_minor).label("minor"))
        .where(order_refunds.c.number.in_(numbers))
        .group_by(order_refunds.c.number)
    )
    return {row.number: row.minor for row in found}


def _order(row: RowMapping, items: Sequence[OrderItem], refunded_minor: int) -> Order:
    return Order.model_validate(
        _only(row, Order.model_fields)
        | {
            "paid": Money(minor=row["paid_minor"], currency=row["currency"]),
            "refunded": Money(minor=refunded_minor, currency=row["currency"]),
            "items": tuple(items),
            "address": Address.model_validate(_only(row, Address.model_fields)),
        }
    )


def _only(row: RowMapping, names: Any) -> dict[str, Any]:
    """What of the row goes by one of these names."""
    return {name: row[name] for name in names if name in row}
