"""The demo data as rows of the shop's tables."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from agent.adapters.builtin.shop.demo import DemoData, DemoOrder, DemoProduct
from agent.adapters.builtin.shop.tables import (
    customers,
    order_items,
    order_refunds,
    orders,
    shipments,
    variants,
)
from agent.timestamps import to_text


def fill(connection: Connection, demo: DemoData, now: datetime) -> None:
    """Write the demo data, its days counted back from `now`."""
    rows = {
        customers: [person.model_dump() for person in demo.customers],
        orders: [_order_row(order, now) for order in demo.orders],
        order_items: [row for order in demo.orders for row in _item_rows(order)],
        shipments: [row for order in demo.orders for row in _shipment_rows(order, now)],
        order_refunds: [row for order in demo.orders for row in _refund_rows(order, now)],
        variants: [row for product in demo.products for row in _variant_rows(product)],
    }
    for table, found in rows.items():
        if found:
            connection.execute(insert(table), found)


def _ago(now: datetime, days: int) -> str:
    return to_text(now - timedelta(days=days, hours=1))


def _order_row(order: DemoOrder, now: datetime) -> dict[str, Any]:
    return {
        "number": order.number,
        "customer_id": order.customer_id,
        "status": order.status,
        "placed_at": _ago(now, order.placed_days_ago),
        "paid_minor": order.paid_minor,
        "currency": order.currency,
        "delivery": order.delivery,
        "delivery_minor": order.shipping_minor,
        "version": 1,
        **order.address.model_dump(),
    }


def _item_rows(order: DemoOrder) -> list[dict[str, Any]]:
    return [{"number": order.number, "position": place, **item.model_dump()} for place, item in enumerate(order.items)]


def _shipment_rows(order: DemoOrder, now: datetime) -> list[dict[str, Any]]:
    shipment = order.shipment
    if shipment is None:
        return []
    delivered = shipment.delivered_days_ago
    return [
        {
            "number": order.number,
            "carrier": shipment.carrier,
            "tracking": shipment.tracking,
            "shipped_at": _ago(now, shipment.shipped_days_ago),
            "delivered_at": None if delivered is None else _ago(now, delivered),
        }
    ]


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


def _variant_rows(product: DemoProduct) -> list[dict[str, Any]]:
    return [
        {"sku": product.sku, "position": place, **variant.model_dump()}
        for place, variant in enumerate(product.variants)
    ]
