"""The made-up shop as data/demo holds it; times count in days before the first start, so that it looks alive."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from agent.errors import ConfigurationError
from agent.model import Address, DeliveryOption, OrderItem, OrderStatus


class _Record(BaseModel):
    """What the store does not need is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class DemoShipment(_Record):
    """How an order travels; `delivered_days_ago` is None while under way."""

    carrier: str
    tracking: str
    shipped_days_ago: int
    delivered_days_ago: int | None


class DemoRefund(_Record):
    """An earlier refund in cents."""

    amount_minor: int
    refunded_days_ago: int
    reason: str


class DemoOrder(_Record):
    """An order; amounts in cents, `shipping_minor` is what of `paid_minor` was paid for delivery."""

    number: str
    customer_id: str
    placed_days_ago: int
    status: OrderStatus
    currency: str
    delivery: DeliveryOption
    shipping_minor: int
    items: tuple[OrderItem, ...]
    paid_minor: int
    shipment: DemoShipment | None
    refunds: tuple[DemoRefund, ...]
    address: Address


class DemoVariant(_Record):
    """A size or colour."""

    name: str
    in_stock: bool


class DemoProduct(_Record):
    """A product that comes in several sizes or colours."""

    sku: str
    variants: tuple[DemoVariant, ...]


class DemoCustomer(_Record):
    """A customer."""

    customer_id: str
    name: str
    email: str
    tier: str
    language: str


class DemoData(_Record):
    """All of it."""

    customers: list[DemoCustomer]
    orders: list[DemoOrder]
    products: list[DemoProduct]


def read_demo(folder: Path) -> DemoData:
    """The demo data in this folder; raises ConfigurationError naming the file that is missing or damaged."""
    return DemoData(
        customers=_read(folder / "customers.json", TypeAdapter(list[DemoCustomer])),
        orders=_read(folder / "orders.json", TypeAdapter(list[DemoOrder])),
        products=_read(folder / "products.json", TypeAdapter(list[DemoProduct])),
    )


Rows = TypeVar("Rows")


def _read(path: Path, rows: TypeAdapter[Rows]) -> Rows:
    try:
        return rows.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        message = f"Demo data {path}: {_first(error)}. The shop was not opened; restore the file."
        raise ConfigurationError(message) from error


def _first(error: OSError | ValidationError) -> str:
    """What is wrong first; a damaged file is wrong in a hundred places."""
    if isinstance(error, OSError):
        return str(error)
    found = error.errors(include_url=False)[0]
    return " ".join([*(str(step) for step in found["loc"]), found["msg"]])
