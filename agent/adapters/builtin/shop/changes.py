"""Changing an order once: checks, change and record are one transaction, which the caller opens."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Update, insert, select, update

from agent.adapters.builtin.shop.reads import find_order, variants_of
from agent.adapters.builtin.shop.refusals import (
    check_address,
    check_changeable,
    check_delivery,
    check_item,
    refusal,
)
from agent.adapters.builtin.shop.tables import order_items, order_writes, orders
from agent.errors import OrderRefusedError
from agent.model import AddressChange, DeliveryChange, ItemChange, Order, OrderChange

CANCEL = '{"kind":"cancel"}'


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who asks again with the same `key` means the same; `number` is canonical, `what` is JSON, `at` the time."""

    number: str
    what: str
    key: str
    seen_version: int
    at: str


def change_once(connection: Connection, request: Request, apply: Callable[[Connection, Order], None]) -> Order:
    """The order after `apply`, or as it was after the first time if the key was used before.

    Raises OrderRefusedError if the order is unknown, not processing or not at the version that was shown, if `apply`
    refuses, or if the key was used for something else.
    """
    order = find_order(connection, request.number)
    if order is None:
        message = f"Order {request.number} does not exist. Nothing was changed; check the number."
        raise OrderRefusedError(reason="unknown_order", message=message)
    before = _done_before(connection, request, order)
    if before is not None:
        return before
    check_changeable(order, request.seen_version)
    apply(connection, order)
    connection.execute(_of(order).values(version=order.version + 1))
    after = find_order(connection, request.number)
    assert after is not None  # noqa: S101  it was read in this transaction
    record = insert(order_writes).values(
        key=request.key, number=request.number, what=request.what, at=request.at, result=after.model_dump_json()
    )
    connection.execute(record)
    return after


def _done_before(connection: Connection, request: Request, order: Order) -> Order | None:
    row = connection.execute(select(order_writes).where(order_writes.c.key == request.key)).mappings().first()
    if row is None:
        return None
    if (row["number"], row["what"]) != (request.number, request.what):
        raise refusal(order, "changed_meanwhile", f"the key {request.key} was used for another change")
    return Order.model_validate_json(row["result"])


def cancel(connection: Connection, order: Order) -> None:
    """Stop the order."""
    connection.execute(_of(order).values(status="cancelled"))


def apply_change(connection: Connection, order: Order, change: OrderChange) -> None:
    """Make the change; raises OrderRefusedError if the shop does not allow it."""
    match change:
        case AddressChange():
            _change_address(connection, order, change)
        case ItemChange():
            _change_item(connection, order, change)
        case DeliveryChange():
            _change_delivery(connection, order, change)


def _change_address(connection: Connection, order: Order, change: AddressChange) -> None:
    check_address(order, change.address)
    country = change.address.country.upper()
    connection.execute(_of(order).values(**change.address.model_dump() | {"country": country}))


def _change_item(connection: Connection, order: Order, change: ItemChange) -> None:
    name = check_item(order, change, variants_of(connection, change.sku))
    line = (order_items.c.number == order.number) & (order_items.c.sku == change.sku)
    connection.execute(update(order_items).where(line).values(variant=name))


def _change_delivery(connection: Connection, order: Order, change: DeliveryChange) -> None:
    paid = select(orders.c.delivery_minor).where(orders.c.number == order.number)
    check_delivery(order, change.option, connection.execute(paid).scalar_one())
    connection.execute(_of(order).values(delivery=change.option))


def _of(order: Order) -> Update:
    return update(orders).where(orders.c.number == order.number)
