"""The demo shop is filled once, looks alive, and leaves files of another kind as they are."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import get_args

import pytest

from agent.adapters.builtin.shop import DemoShop
from agent.errors import ConfigurationError, StorageError
from agent.model import DeliveryOption, OrderStatus
from agent.ports.orders import OrderStore
from agent.settings import DATA
from agent.timestamps import seconds_between, to_text
from tests.contract.shop import SNEAKERS, all_orders, demo_with, open_shop_at, read
from tests.stand_ins import HandClock

FIRST_RELEASE = """
CREATE TABLE customers (customer_id TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, tier TEXT NOT NULL,
    language TEXT NOT NULL, PRIMARY KEY (customer_id));
CREATE TABLE orders (number TEXT NOT NULL, customer_id TEXT NOT NULL, status TEXT NOT NULL, placed_at TEXT NOT NULL,
    paid_minor INTEGER NOT NULL, currency TEXT NOT NULL, carrier TEXT, tracking TEXT, delivered_at TEXT,
    PRIMARY KEY (number));
CREATE TABLE order_items (number TEXT NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL, name TEXT NOT NULL,
    quantity INTEGER NOT NULL, unit_minor INTEGER NOT NULL, refundable INTEGER NOT NULL, final_sale INTEGER NOT NULL,
    PRIMARY KEY (number, position));
CREATE TABLE order_refunds (number TEXT NOT NULL, position INTEGER NOT NULL, amount_minor INTEGER NOT NULL,
    refunded_at TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (number, position));
INSERT INTO customers VALUES ('C-1001', 'Maya Chen', 'maya.chen@example.com', 'standard', 'en');
INSERT INTO orders VALUES ('LF-1', 'C-1001', 'processing', '2026-01-01T00:00:00.000Z', 100, 'USD', NULL, NULL, NULL);
"""


def write_first_release(path: Path) -> None:
    """A file as the first release left it, with one customer and one order."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_RELEASE)


def wait_for_reader(pipe: Path) -> int:
    """The pipe, open for writing, once somebody reads from it."""
    for _ in range(1000):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            sleep(0.01)
    pytest.fail(f"nobody reads {pipe}")


def test_the_demo_shop_looks_alive_on_the_day_it_is_opened(tmp_path: Path) -> None:
    clock = HandClock()
    clock.advance(timedelta(days=400))
    shop = DemoShop(tmp_path / "shop.sqlite", DATA / "demo", clock)

    order = shop.get_order_by_id("LF-10482")

    assert order is not None
    assert order.delivered_at is not None
    assert seconds_between(order.delivered_at, to_text(clock.now())) // 86400 == 6
    shop.close()


def test_damaged_demo_data_is_named(tmp_path: Path) -> None:
    (tmp_path / "customers.json").write_text("[{]")

    with pytest.raises(ConfigurationError, match=r"customers\.json"):
        DemoShop(tmp_path / "shop.sqlite", tmp_path, HandClock())


def test_the_shop_has_three_hundred_orders_of_over_forty_customers_in_every_state(store: OrderStore) -> None:
    orders = all_orders(store)

    assert len({order.number for order in orders}) == 300
    assert len({order.customer_id for order in orders}) >= 40
    assert {order.status for order in orders} == set(get_args(OrderStatus))
    assert {order.delivery for order in orders} == set(get_args(DeliveryOption))


def test_every_article_that_comes_in_several_was_ordered_in_one_that_exists(store: OrderStore) -> None:
    ordered = {(item.sku, item.variant) for order in all_orders(store) for item in order.items}
    sold_in_several = {sku for sku, _ in ordered if store.get_variants(sku)}

    assert len(sold_in_several) >= 25
    for sku, variant in ordered:
        assert variant in ({one.name for one in store.get_variants(sku)} or {""}), sku


def test_a_file_of_the_previous_release_is_made_anew(tmp_path: Path) -> None:
    write_first_release(tmp_path / "shop.sqlite")

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_shop_at(tmp_path / "shop.sqlite"), range(4)))

    for store in stores:
        assert len(all_orders(store)) == 300
        assert store.get_order_by_id("LF-1") is None
        store.close()
    with closing(open_shop_at(tmp_path / "shop.sqlite")) as store:
        assert store.cancel_order(SNEAKERS, key="k", seen_version=1).version == 2


def test_whoever_opens_a_new_shop_slowly_does_not_undo_what_happened_meanwhile(tmp_path: Path) -> None:
    slow_demo = demo_with(tmp_path, SNEAKERS, price_minor=7500)
    customers = slow_demo / "customers.json"
    content = customers.read_bytes()
    customers.unlink()
    os.mkfifo(customers)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(DemoShop, tmp_path / "shop.sqlite", slow_demo, HandClock())
        pipe = wait_for_reader(customers)  # it found the shop empty and is reading the demo data now
        with closing(open_shop_at(tmp_path / "shop.sqlite")) as store:
            after = store.cancel_order(SNEAKERS, key="k", seen_version=1)
        os.write(pipe, content)
        os.close(pipe)

        with closing(slow.result(timeout=30)) as store:
            assert read(store, SNEAKERS) == after


def test_a_file_of_ours_is_never_filled_again(tmp_path: Path) -> None:
    open_shop_at(tmp_path / "shop.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection, connection:
        connection.execute("DELETE FROM orders")

    with closing(open_shop_at(tmp_path / "shop.sqlite")) as store:
        assert all_orders(store) == []


def test_changes_are_kept_when_the_shop_is_opened_again(tmp_path: Path) -> None:
    with closing(open_shop_at(tmp_path / "shop.sqlite")) as store:
        after = store.cancel_order(SNEAKERS, key="k", seen_version=1)

    with closing(DemoShop(tmp_path / "shop.sqlite", tmp_path / "no demo data", HandClock())) as store:
        assert read(store, SNEAKERS) == after


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 3", "CREATE TABLE notes (text)"])
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path, statement: str) -> None:
    write_first_release(tmp_path / "shop.sqlite")
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection, connection:
        connection.execute(statement)
        before = list(connection.iterdump())

    with pytest.raises(StorageError, match="Nothing was changed"):
        open_shop_at(tmp_path / "shop.sqlite")

    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection:
        assert list(connection.iterdump()) == before


def test_a_shop_that_could_not_be_filled_is_filled_at_the_next_start(tmp_path: Path) -> None:
    demo = demo_with(tmp_path, SNEAKERS, price_minor=7500)
    (demo / "products.json").write_text('[{"sku": "SH-201"}]', encoding="utf-8")
    with pytest.raises(
        ConfigurationError, match=r"products\.json: 0 variants Field required\. The shop was not opened"
    ):
        DemoShop(tmp_path / "shop.sqlite", demo, HandClock())

    with closing(open_shop_at(tmp_path / "shop.sqlite")) as store:
        assert len(all_orders(store)) == 300


def test_every_row_of_the_shop_belongs_to_one_that_exists(tmp_path: Path) -> None:
    open_shop_at(tmp_path / "shop.sqlite").close()

    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
