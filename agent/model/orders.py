"""Orders as the store knows them."""

from typing import Literal

from agent.model.money import Money
from agent.model.value import Value


class OrderItem(Value):
    """One line of an order; `unit_minor` is the price of one piece in cents."""

    sku: str
    name: str
    quantity: int
    unit_minor: int
    refundable: bool
    final_sale: bool


class Order(Value):
    """An order as the store knows it; `refunded` is what went back before, `delivered_at` None while under way."""

    number: str
    customer_id: str
    customer_name: str
    customer_tier: str
    status: Literal["processing", "shipped", "delivered", "cancelled", "returned"]
    placed_at: str
    delivered_at: str | None
    paid: Money
    refunded: Money
    items: tuple[OrderItem, ...]
    carrier: str | None = None
    tracking: str | None = None
