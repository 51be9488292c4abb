"""Whatever knows orders keeps these promises."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import get_args

import pytest

from agent.adapters.builtin.shop import DemoShop
from agent.errors import ConfigurationError, OrderRefusedError, RefusalReason, StorageError
from agent.model import (
    Address,
    AddressChange,
    Customer,
    DeliveryChange,
    DeliveryOption,
    ItemChange,
    Money,
    Order,
    OrderChange,
    OrderStatus,
    PastRefund,
)
from agent.ports.orders import OrderStore
from agent.settings import DATA
from agent.timestamps import seconds_between, to_text
from tests.stand_ins import HandClock

PROJECT = Path(__file__).resolve().parents[2]
DEMO_ORDERS = json.loads((DATA / "demo" / "orders.json").read_text(encoding="utf-8"))
CUSTOMERS = [row["customer_id"] for row in json.loads((DATA / "demo" / "customers.json").read_text(encoding="utf-8"))]

SNEAKERS = "LF-10377"
"""Processing, of C-1004: sneakers in size 9 and a scarf that comes in one colour only; nothing paid for delivery."""

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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OrderStore]:
    shop = DemoShop(tmp_path / "shop.sqlite", DATA / "demo", HandClock())
    yield shop
    shop.close()


@pytest.mark.parametrize("written", ["LF-10482", "lf-10482", "LF 10482", "#10482", "10482", " lf10482 "])
def test_an_order_is_found_however_its_number_is_written(store: OrderStore, written: str) -> None:
    order = store.get_order_by_id(written)

    assert order is not None
    assert (order.number, order.customer_id, order.paid) == ("LF-10482", "C-1001", Money(minor=24000))


@pytest.mark.parametrize("written", ["LF-99999", "", "LF-", "x' OR 1=1 --", "9" * 400])
def test_an_unknown_number_is_none(store: OrderStore, written: str) -> None:
    assert store.get_order_by_id(written) is None


def test_earlier_refunds_are_known(store: OrderStore) -> None:
    order = store.get_order_by_id("LF-10455")

    assert order is not None
    assert order.refunded == order.paid == Money(minor=6400)


def test_goods_under_way_have_no_day_of_delivery(store: OrderStore) -> None:
    order = store.get_order_by_id("LF-10490")

    assert order is not None
    assert (order.status, order.delivered_at) == ("shipped", None)


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


def test_goods_on_the_way_have_a_carrier_and_a_day_of_dispatch(store: OrderStore) -> None:
    order = read(store, "LF-10490")

    assert (order.carrier, order.tracking, order.shipped_at) == (
        "Parcelway",
        "PW2909453567",
        "2026-10-30T11:00:00.001Z",
    )


def test_an_order_says_where_it_goes_and_how(store: OrderStore) -> None:
    order = read(store, SNEAKERS)

    assert order.address == Address(street="904 Hawthorne Street", city="Nashville, TN", zip="37206")
    assert (order.delivery, order.version) == ("standard", 1)
    assert [item.variant for item in order.items] == ["size 9", ""]


def test_a_customer_is_found_and_a_stranger_is_none(store: OrderStore) -> None:
    customer = store.get_user("C-1004")

    assert customer == Customer(
        customer_id="C-1004",
        name="Daniel Okafor",
        email="daniel.okafor@example.com",
        tier="standard",
        language="en",
    )
    assert store.get_user("guest") is None
    assert store.get_user("c-1004' OR 1=1 --") is None


def test_a_customers_orders_come_the_latest_first_and_no_more_than_asked(store: OrderStore) -> None:
    orders = store.get_customer_orders("C-1051", 100)

    assert [order.placed_at for order in orders] == sorted((order.placed_at for order in orders), reverse=True)
    assert store.get_customer_orders("C-1051", 2) == orders[:2]
    assert store.get_customer_orders("C-1051", 0) == store.get_customer_orders("C-1051", -1) == []
    assert store.get_customer_orders("guest") == []


def test_an_order_is_the_same_in_the_list_as_by_its_number(store: OrderStore) -> None:
    for order in store.get_customer_orders("C-1007", 100):
        assert store.get_order_by_id(order.number) == order


def test_nobody_is_shown_what_is_another_customers(store: OrderStore) -> None:
    for customer_id in CUSTOMERS:
        orders = store.get_customer_orders(customer_id, 1000)
        numbers = {order.number for order in orders}

        assert {order.customer_id for order in orders} <= {customer_id}
        assert {refund.order_number for refund in store.get_refunds(customer_id)} <= numbers


def test_a_customers_refunds_come_the_latest_first(store: OrderStore) -> None:
    refunds = [refund for customer_id in CUSTOMERS for refund in store.get_refunds(customer_id)]
    of_one = max((store.get_refunds(customer_id) for customer_id in CUSTOMERS), key=len)

    assert PastRefund(
        order_number="LF-10455",
        amount=Money(minor=6400),
        refunded_at="2026-10-29T11:00:00.001Z",
        reason="Arrived damaged: Stretch jeans, black",
    ) in store.get_refunds("C-1007")
    assert len(of_one) > 1
    assert [refund.refunded_at for refund in of_one] == sorted((one.refunded_at for one in of_one), reverse=True)
    assert sum(refund.amount.minor for refund in refunds) == sum(order.refunded.minor for order in all_orders(store))


def test_a_product_says_what_it_comes_in_and_what_is_in_stock(store: OrderStore) -> None:
    stock = {variant.name: variant.in_stock for variant in store.get_variants("SH-201")}

    assert (stock["size 8"], stock["size 9"], stock["size 10"]) == (False, True, True)
    assert store.get_variants("HM-320") == store.get_variants("never sold") == []


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


def test_a_cancelled_order_is_cancelled_and_a_version_further(store: OrderStore) -> None:
    before = read(store, SNEAKERS)

    after = store.cancel_order("lf 10377", key="k", seen_version=1)

    assert after == before.model_copy(update={"status": "cancelled", "version": 2})
    assert read(store, SNEAKERS) == after


def test_an_address_is_changed_and_nothing_else(store: OrderStore) -> None:
    before = read(store, SNEAKERS)
    there = Address(street="1 Elm Road", city="Boise, ID", zip="83702", country="us")

    after = store.update_order("#10377", AddressChange(address=there), key="k", seen_version=1)

    written = there.model_copy(update={"country": "US"})
    assert after == before.model_copy(update={"address": written, "version": 2})
    assert read(store, SNEAKERS) == after


@pytest.mark.parametrize("said", ["size 10", "Size 10", " size 10 "])
def test_an_item_is_sent_in_another_size_at_the_same_price(store: OrderStore, said: str) -> None:
    before = read(store, SNEAKERS)

    after = store.update_order(SNEAKERS, ItemChange(sku="SH-201", variant=said), key="k", seen_version=1)

    shoes, scarf = before.items
    items = (shoes.model_copy(update={"variant": "size 10"}), scarf)
    assert after == before.model_copy(update={"items": items, "version": 2})
    assert read(store, SNEAKERS) == after


def test_each_change_is_one_version_further(store: OrderStore) -> None:
    store.update_order(SNEAKERS, DeliveryChange(option="pick-up point"), key="a", seen_version=1)
    store.update_order(SNEAKERS, ItemChange(sku="SH-201", variant="size 10"), key="b", seen_version=2)

    after = store.cancel_order(SNEAKERS, key="c", seen_version=3)

    assert (after.version, after.delivery, after.items[0].variant) == (4, "pick-up point", "size 10")


@pytest.mark.parametrize(
    ("number", "option"),
    [
        (SNEAKERS, "pick-up point"),  # goods of $111: free, as standard delivery is
        ("LF-10537", "standard"),  # goods of $19: $4.95 was paid for the pick-up point
        ("LF-10499", "standard"),  # $12.95 was paid
        ("LF-10503", "standard"),
        ("LF-10536", "standard"),  # furniture
        ("LF-10529", "standard"),  # to Germany
    ],
)
def test_a_delivery_that_costs_no_more_is_changed_and_the_price_stays(
    store: OrderStore, number: str, option: DeliveryOption
) -> None:
    before = read(store, number)

    after = store.update_order(number, DeliveryChange(option=option), key="k", seen_version=1)

    assert after == before.model_copy(update={"delivery": option, "version": 2})


@pytest.mark.parametrize("number", ["LF-10499", "LF-10503"])  # $12.95 was paid; a member pays nothing
def test_express_can_be_given_up_and_taken_again(store: OrderStore, number: str) -> None:
    store.update_order(number, DeliveryChange(option="standard"), key="a", seen_version=1)

    after = store.update_order(number, DeliveryChange(option="express"), key="b", seen_version=2)

    assert (after.delivery, after.version) == ("express", 3)


@pytest.mark.parametrize(("goods_minor", "refused"), [(5000, True), (5001, False)])
def test_standard_delivery_is_free_when_the_goods_come_to_more_than_fifty_dollars(
    tmp_path: Path,
    goods_minor: int,
    refused: bool,  # noqa: FBT001  a case's expectation
) -> None:
    demo = demo_with(tmp_path, "LF-10503", price_minor=goods_minor)  # nothing was paid for delivery

    with closing(DemoShop(tmp_path / "shop.sqlite", demo, HandClock())) as store:
        if refused:
            with pytest.raises(OrderRefusedError, match="standard costs 495 cents, 0 were paid"):
                store.update_order("LF-10503", DeliveryChange(option="standard"), key="k", seen_version=1)
        else:
            after = store.update_order("LF-10503", DeliveryChange(option="standard"), key="k", seen_version=1)
            assert after.delivery == "standard"


REFUSED: list[tuple[str, OrderChange | None, int, RefusalReason]] = [
    ("LF-99999", None, 1, "unknown_order"),
    ("LF-10482", None, 1, "not_processing"),
    ("LF-10490", DeliveryChange(option="express"), 1, "not_processing"),
    (SNEAKERS, None, 2, "changed_meanwhile"),
    (SNEAKERS, ItemChange(sku="SH-201", variant="size 10"), 0, "changed_meanwhile"),
    (
        SNEAKERS,
        AddressChange(address=Address(street="Elm 1", city="Bonn", zip="53111", country="DE")),
        1,
        "other_country",
    ),
    ("LF-10529", AddressChange(address=Address(street="1 Elm", city="Boise", zip="83702")), 1, "other_country"),
    (SNEAKERS, ItemChange(sku="SH-201", variant="size 99"), 1, "unknown_variant"),
    (SNEAKERS, ItemChange(sku="CL-118", variant="navy"), 1, "unknown_variant"),
    (SNEAKERS, ItemChange(sku="SH-202", variant="size 9"), 1, "unknown_variant"),
    (SNEAKERS, ItemChange(sku="SH-201", variant="size 8"), 1, "out_of_stock"),
    (SNEAKERS, DeliveryChange(option="express"), 1, "costs_more"),
    ("LF-10537", DeliveryChange(option="express"), 1, "costs_more"),
    ("LF-10536", DeliveryChange(option="pick-up point"), 1, "unknown_variant"),
    ("LF-10529", DeliveryChange(option="express"), 1, "unknown_variant"),
    ("LF-10529", DeliveryChange(option="pick-up point"), 1, "unknown_variant"),
]


@pytest.mark.parametrize(("number", "change", "seen_version", "reason"), REFUSED)
def test_a_refused_change_says_why_and_changes_nothing(
    store: OrderStore, number: str, change: OrderChange | None, seen_version: int, reason: RefusalReason
) -> None:
    before = store.get_order_by_id(number)

    with pytest.raises(OrderRefusedError, match=r"^Order LF-\d+.*Nothing was changed; ") as refused:
        write(store, number, change, key="k", seen_version=seen_version)

    assert refused.value.reason == reason
    assert store.get_order_by_id(number) == before


def test_the_same_key_gives_the_first_result_and_changes_nothing_more(store: OrderStore) -> None:
    larger = ItemChange(sku="SH-201", variant="size 10")
    first = store.update_order(SNEAKERS, larger, key="a", seen_version=1)
    store.cancel_order(SNEAKERS, key="b", seen_version=2)

    again = store.update_order("lf10377", larger, key="a", seen_version=1)

    assert again == first
    assert (read(store, SNEAKERS).status, read(store, SNEAKERS).version) == ("cancelled", 3)


def test_a_cancellation_sent_twice_is_done_once_also_after_a_restart(tmp_path: Path) -> None:
    with closing(open_shop_at(tmp_path)) as store:
        first = store.cancel_order(SNEAKERS, key="k", seen_version=1)

    with closing(open_shop_at(tmp_path)) as store:
        assert store.cancel_order(SNEAKERS, key="k", seen_version=1) == first == read(store, SNEAKERS)


def test_a_key_is_bound_to_its_order_and_its_change(store: OrderStore) -> None:
    store.cancel_order(SNEAKERS, key="k", seen_version=1)

    for number, change in (("LF-10503", None), (SNEAKERS, DeliveryChange(option="standard"))):
        before = read(store, number)
        with pytest.raises(OrderRefusedError, match="the key k was used for another change") as refused:
            write(store, number, change, key="k", seen_version=1)
        assert refused.value.reason == "changed_meanwhile"
        assert read(store, number) == before


def test_a_refused_change_leaves_its_key_free(store: OrderStore) -> None:
    with pytest.raises(OrderRefusedError):
        store.cancel_order(SNEAKERS, key="k", seen_version=2)

    assert store.cancel_order(SNEAKERS, key="k", seen_version=1).status == "cancelled"


def test_of_two_who_cancel_at_once_one_does_and_one_is_refused(tmp_path: Path) -> None:
    with closing(open_shop_at(tmp_path)) as one, closing(open_shop_at(tmp_path)) as other:
        numbers = [order.number for order in all_orders(one) if order.status == "processing"]
        for number in numbers:
            together = Barrier(2)

            def attempt(store: OrderStore, key: str, number: str = number, together: Barrier = together) -> str:
                together.wait(timeout=10)
                return outcome_of_cancelling(store, number, key)

            with ThreadPoolExecutor(2) as pool:
                outcomes = list(pool.map(attempt, (one, other), ("a" + number, "b" + number)))

            first, second = sorted(outcomes)
            assert first == "cancelled", number
            assert second in {"changed_meanwhile", "not_processing"}, number
            assert read(one, number) == read(other, number)
            assert read(one, number).version == 2


def test_many_at_once_with_the_same_key_change_once(tmp_path: Path) -> None:
    with closing(open_shop_at(tmp_path)) as one, closing(open_shop_at(tmp_path)) as other:
        with ThreadPoolExecutor(8) as pool:
            results = list(
                pool.map(lambda store: store.cancel_order(SNEAKERS, key="k", seen_version=1), [one, other] * 20)
            )

        assert results == [read(one, SNEAKERS)] * 40
        assert results[0].version == 2


def test_processes_that_open_and_change_the_same_file_at_once_do_each_thing_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.contract.test_orders import cancel_all;"
        "print(cancel_all(Path(sys.argv[1]), sys.argv[2]))"
    )

    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), key], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        for key in ("a", "b", "c")
    ]
    told = [process.communicate(timeout=120)[0] for process in started]

    assert [process.returncode for process in started] == [0, 0, 0]
    assert sum(int(line) for line in told) == 21
    with closing(open_shop_at(tmp_path)) as store:
        assert {order.version for order in all_orders(store) if order.status == "cancelled"} == {1, 2}
        assert len(all_orders(store)) == 300


def test_a_file_of_the_previous_release_is_made_anew(tmp_path: Path) -> None:
    write_first_release(tmp_path / "shop.sqlite")

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_shop_at(tmp_path), range(4)))

    for store in stores:
        assert len(all_orders(store)) == 300
        assert store.get_order_by_id("LF-1") is None
        store.close()
    with closing(open_shop_at(tmp_path)) as store:
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
        with closing(open_shop_at(tmp_path)) as store:
            after = store.cancel_order(SNEAKERS, key="k", seen_version=1)
        os.write(pipe, content)
        os.close(pipe)

        with closing(slow.result(timeout=30)) as store:
            assert read(store, SNEAKERS) == after


def test_a_file_of_ours_is_never_filled_again(tmp_path: Path) -> None:
    open_shop_at(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection, connection:
        connection.execute("DELETE FROM orders")

    with closing(open_shop_at(tmp_path)) as store:
        assert all_orders(store) == []


def test_changes_are_kept_when_the_shop_is_opened_again(tmp_path: Path) -> None:
    with closing(open_shop_at(tmp_path)) as store:
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
        open_shop_at(tmp_path)

    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection:
        assert list(connection.iterdump()) == before


def test_a_shop_that_could_not_be_filled_is_filled_at_the_next_start(tmp_path: Path) -> None:
    demo = demo_with(tmp_path, SNEAKERS, price_minor=7500)
    (demo / "products.json").write_text('[{"sku": "SH-201"}]', encoding="utf-8")
    with pytest.raises(
        ConfigurationError, match=r"products\.json: 0 variants Field required\. The shop was not opened"
    ):
        DemoShop(tmp_path / "shop.sqlite", demo, HandClock())

    with closing(open_shop_at(tmp_path)) as store:
        assert len(all_orders(store)) == 300


def test_every_row_of_the_shop_belongs_to_one_that_exists(tmp_path: Path) -> None:
    open_shop_at(tmp_path).close()

    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def open_shop_at(folder: Path) -> DemoShop:
    return DemoShop(folder / "shop.sqlite", DATA / "demo", HandClock())


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


def cancel_all(folder: Path, key: str) -> int:
    """Cancel whatever was processing when the shop was new; how many this process did."""
    numbers = [row["number"] for row in DEMO_ORDERS if row["status"] == "processing"]
    with closing(open_shop_at(folder)) as store:
        return [outcome_of_cancelling(store, number, f"{key}:{number}") for number in numbers].count("cancelled")


def demo_with(folder: Path, number: str, *, price_minor: int) -> Path:
    """A copy of the demo data in which the first article of this order costs so much."""
    demo = folder / "demo"
    shutil.copytree(DATA / "demo", demo)
    rows = json.loads((demo / "orders.json").read_text(encoding="utf-8"))
    next(row for row in rows if row["number"] == number)["items"][0]["unit_minor"] = price_minor
    (demo / "orders.json").write_text(json.dumps(rows), encoding="utf-8")
    return demo


def wait_for_reader(pipe: Path) -> int:
    """The pipe, open for writing, once somebody reads from it."""
    for _ in range(1000):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            sleep(0.01)
    pytest.fail(f"nobody reads {pipe}")


def write_first_release(path: Path) -> None:
    """A file as the first release left it, with one customer and one order."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_RELEASE)
