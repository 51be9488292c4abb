"""The demo shop as the suites of order stores open it, and what they know of its orders."""

import json
import shutil
from contextlib import closing
from pathlib import Path

from agent.adapters.builtin.shop import DemoShop
from agent.errors import OrderRefusedError
from agent.model import Order, OrderChange
from agent.ports.orders import OrderStore
from agent.settings import DATA
from agent.store.opening import Place
from tests.stand_ins import HandClock

DEMO_ORDERS = json.loads((DATA / "demo" / "orders.json").read_text(encoding="utf-8"))
CUSTOMERS = [row["customer_id"] for row in json.loads((DATA / "demo" / "customers.json").read_text(encoding="utf-8"))]

SNEAKERS = "LF-10377"
"""Processing, of C-1004: sneakers in size 9 and a scarf that comes in one colour only; nothing paid for delivery."""


def open_shop_at(place: Place) -> DemoShop:
    return DemoShop(place, DATA / "demo", HandClock())


def read(store: OrderStore, number: str) -> Order:
    order = store.get_order_by_id(number)
    assert order is not None
    return order


def all_orders(store: OrderStore) -> list[Order]:
    return [order for customer_id in CUSTOMERS for order in store.get_customer_orders(customer_id, 1000)]


def write(store: OrderStore, number: str, change: OrderChange | None, *, key: str, seen_version: int) -> Order:
    if change is None:
        return store.cancel_order(number, key=key, seen_version=seen_version)
    return store.update_order(number, change, key=key, seen_version=seen_version)


def outcome_of_cancelling(store: OrderStore, number: str, key: str) -> str:
    try:
        return store.cancel_order(number, key=key, seen_version=1).status
    except OrderRefusedError as refused:
        return refused.reason


def cancel_all(place: Place, told: Path) -> None:
    """Cancel whatever was processing when the shop was new, and tell in a file how many of them this process did."""
    numbers = [row["number"] for row in DEMO_ORDERS if row["status"] == "processing"]
    with closing(open_shop_at(place)) as store:
        outcomes = [outcome_of_cancelling(store, number, f"{told.name}:{number}") for number in numbers]
    told.write_text(str(outcomes.count("cancelled")), encoding="utf-8")


def demo_with(folder: Path, number: str, *, price_minor: int) -> Path:
    """A copy of the demo data in which the first article of this order costs so much."""
    demo = folder / "demo"
    shutil.copytree(DATA / "demo", demo)
    rows = json.loads((demo / "orders.json").read_text(encoding="utf-8"))
    next(row for row in rows if row["number"] == number)["items"][0]["unit_minor"] = price_minor
    (demo / "orders.json").write_text(json.dumps(rows), encoding="utf-8")
    return demo
