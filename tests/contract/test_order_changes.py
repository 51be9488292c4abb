"""Whatever knows orders changes them as far as it may, and says why where it may not."""

from contextlib import closing
from pathlib import Path

import pytest

from agent.adapters.builtin.shop import DemoShop
from agent.errors import OrderRefusedError, RefusalReason
from agent.model import Address, AddressChange, DeliveryChange, DeliveryOption, ItemChange, OrderChange
from agent.ports.orders import OrderStore
from tests.contract.shop import SNEAKERS, demo_with, read, write
from tests.stand_ins import HandClock


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
