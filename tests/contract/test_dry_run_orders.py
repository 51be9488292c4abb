"""Orders in a dry run are changed for the dry run alone."""

import pytest

from agent.adapters.dry_run import DryRunOrders
from agent.errors import OrderRefusedError
from agent.model import Address, AddressChange, DeliveryChange, ItemChange, OrderChange
from agent.ports.orders import OrderStore
from tests.contract.shop import SNEAKERS

CHANGES: list[OrderChange] = [
    AddressChange(address=Address(street="9 Elm Road", city="Salem", zip="97301")),
    DeliveryChange(option="pick-up point"),
    ItemChange(sku="SH-201", variant="size 10"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.kind)
def test_a_changed_order_is_seen_in_the_dry_run_alone(store: OrderStore, change: OrderChange) -> None:
    tried, real = DryRunOrders(store), store.get_order_by_id(SNEAKERS)
    assert real is not None

    after = tried.update_order("lf 10377", change, key="k", seen_version=real.version)
    again = tried.update_order("lf 10377", change, key="k", seen_version=real.version)

    assert after == again == tried.get_order_by_id("#10377")
    assert after in tried.get_customer_orders(real.customer_id)
    assert (after.version, tried.changed) == (real.version + 1, (after,))
    assert after.model_copy(update={"version": real.version}) != real
    assert store.get_order_by_id(SNEAKERS) == real


def test_a_cancelled_order_is_cancelled_in_the_dry_run_alone(store: OrderStore) -> None:
    tried, real = DryRunOrders(store), store.get_order_by_id(SNEAKERS)
    assert real is not None

    after = tried.cancel_order(SNEAKERS, key="k", seen_version=real.version)

    assert (after.status, tried.get_order_by_id(SNEAKERS)) == ("cancelled", after)
    assert store.get_order_by_id(SNEAKERS) == real


@pytest.mark.parametrize(
    ("number", "version", "reason"),
    [("LF-00000", 1, "unknown_order"), ("LF-10482", 1, "not_processing"), (SNEAKERS, 9, "changed_meanwhile")],
)
def test_an_order_that_could_not_be_changed_is_not_changed_in_a_dry_run(
    store: OrderStore, number: str, version: int, reason: str
) -> None:
    tried = DryRunOrders(store)

    with pytest.raises(OrderRefusedError, match="nothing would be changed") as refused:
        tried.cancel_order(number, key="k", seen_version=version)

    assert (refused.value.reason, tried.changed) == (reason, ())
