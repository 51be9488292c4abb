"""A change of an order is made once, however often it is sent, and by however many at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from agent.errors import OrderRefusedError
from agent.model import DeliveryChange, ItemChange
from agent.ports.orders import OrderStore
from agent.store.opening import Place
from tests.contract.shop import SNEAKERS, all_orders, cancel_all, open_shop_at, outcome_of_cancelling, read, write
from tests.faults.processes import exit_code_of, start


def test_the_same_key_gives_the_first_result_and_changes_nothing_more(store: OrderStore) -> None:
    larger = ItemChange(sku="SH-201", variant="size 10")
    first = store.update_order(SNEAKERS, larger, key="a", seen_version=1)
    store.cancel_order(SNEAKERS, key="b", seen_version=2)

    again = store.update_order("lf10377", larger, key="a", seen_version=1)

    assert again == first
    assert (read(store, SNEAKERS).status, read(store, SNEAKERS).version) == ("cancelled", 3)


def test_a_cancellation_sent_twice_is_done_once_also_after_a_restart(shop_place: Place) -> None:
    with closing(open_shop_at(shop_place)) as store:
        first = store.cancel_order(SNEAKERS, key="k", seen_version=1)

    with closing(open_shop_at(shop_place)) as store:
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


def test_of_two_who_cancel_at_once_one_does_and_one_is_refused(shop_place: Place) -> None:
    with closing(open_shop_at(shop_place)) as one, closing(open_shop_at(shop_place)) as other:
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


def test_many_at_once_with_the_same_key_change_once(shop_place: Place) -> None:
    with closing(open_shop_at(shop_place)) as one, closing(open_shop_at(shop_place)) as other:
        with ThreadPoolExecutor(8) as pool:
            results = list(
                pool.map(lambda store: store.cancel_order(SNEAKERS, key="k", seen_version=1), [one, other] * 20)
            )

        assert results == [read(one, SNEAKERS)] * 40
        assert results[0].version == 2


def test_processes_that_open_and_change_the_same_shop_at_once_do_each_thing_once(
    shop_place: Place, tmp_path: Path
) -> None:
    told = [tmp_path / name for name in ("a", "b", "c")]

    started = [start(cancel_all, shop_place, file) for file in told]
    ended = [exit_code_of(process) for process in started]

    assert ended == [0, 0, 0]
    assert sum(int(file.read_text(encoding="utf-8")) for file in told) == 21
    with closing(open_shop_at(shop_place)) as store:
        assert {order.version for order in all_orders(store) if order.status == "cancelled"} == {1, 2}
        assert len(all_orders(store)) == 300
