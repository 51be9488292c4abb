"""Orders as the store knows them, and what a customer may have done to one."""

from typing import Annotated, Literal

from pydantic import Field

from agent.model.money import Money
from agent.model.value import Value
from agent.model.words import DeliveryOption, OrderAction, OrderStatus


class Customer(Value):
    """A customer of the shop; `tier` is the membership that can raise a case's priority."""

    customer_id: str
    name: str
    email: str
    tier: str
    language: str


class Address(Value):
    """Where a parcel goes; `country` is an ISO 3166 code of two letters, empty where a message names none."""

    street: str
    city: str
    zip: str
    country: str = "US"

    def __str__(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (self.street, self.city, self.zip, self.country) if part)


class OrderItem(Value):
    """One line of an order; `unit_minor` is the price of one piece in cents, `variant` the size or colour chosen."""

    sku: str
    name: str
    quantity: int
    unit_minor: int
    refundable: bool
    final_sale: bool
    variant: str = ""


class Order(Value):
    """An order as the store knows it.

    `refunded` is what went back before, `delivered_at` None while under way. `version` grows with every change, so that
    a customer's yes counts only for the order that was shown.
    """

    number: str
    customer_id: str
    customer_name: str
    customer_tier: str
    status: OrderStatus
    placed_at: str
    delivered_at: str | None
    paid: Money
    refunded: Money
    items: tuple[OrderItem, ...]
    carrier: str | None = None
    tracking: str | None = None
    shipped_at: str | None = None
    address: Address | None = None
    delivery: DeliveryOption = "standard"
    version: int = 1


class Variant(Value):
    """A size or colour in which a product is sold."""

    sku: str
    name: str
    in_stock: bool


class PastRefund(Value):
    """Money that went back to a customer before."""

    order_number: str
    amount: Money
    refunded_at: str
    reason: str


class AddressChange(Value):
    """Send the order somewhere else in the same country."""

    kind: Literal["address"] = "address"
    address: Address


class ItemChange(Value):
    """Send another size or colour of the same product at the same price."""

    kind: Literal["item"] = "item"
    sku: str
    variant: str


class DeliveryChange(Value):
    """Another way of delivery that costs no more than the present one."""

    kind: Literal["delivery"] = "delivery"
    option: DeliveryOption


OrderChange = Annotated[AddressChange | ItemChange | DeliveryChange, Field(discriminator="kind")]


class OrderTask(Value):
    """What a customer wants done with an order, kept over turns until it is done or dropped.

    `seen_version` and `change` are what the customer was shown when asked for a yes; the yes counts for nothing else.
    `request` is the message that began it, `asked` how often in a row the customer was asked for the same thing, `sku`
    the article that is meant.
    """

    action: OrderAction
    request: str
    number: str | None = None
    email: str | None = None
    asked: int = 0
    sku: str | None = None
    change: OrderChange | None = None
    seen_version: int | None = None
    shown_at: str | None = None


GUEST = "guest"
"""The customer id of whoever is not signed in."""


class Caller(Value):
    """Who is asking: `proven` are numbers of orders whose e-mail address the caller knew."""

    customer_id: str
    proven: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        """Whether nobody is signed in."""
        return self.customer_id == GUEST

    def may_see(self, order: Order) -> bool:
        """Whether this order is the caller's."""
        return order.number in self.proven or (not self.is_guest and order.customer_id == self.customer_id)


class ToolCall(Value):
    """One use of a tool on the order store: what was asked, and what came of it."""

    tool: str
    arguments: dict[str, str]
    outcome: Literal["done", "nothing found", "refused"]
    detail: str = ""
