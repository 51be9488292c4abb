"""Whatever knows orders keeps these promises."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.builtin.shop import DemoShop
from agent.errors import ConfigurationError
from agent.model import Money
from agent.ports.orders import OrderStore
from agent.settings import DATA
from agent.timestamps import seconds_between, to_text
from tests.stand_ins import HandClock


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
