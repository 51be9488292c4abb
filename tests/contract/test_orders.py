"""Whatever knows orders tells of them, of their customers and of earlier refunds."""

import pytest

from agent.model import Address, Customer, Money, PastRefund
from agent.ports.orders import OrderStore
from tests.contract.shop import CUSTOMERS, SNEAKERS, all_orders, read


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
