"""Whoever calls, the tools show and change only what is theirs; the store is the real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters.builtin.shop import DemoShop
from agent.errors import OrderRefusedError
from agent.model import GUEST, AddressChange, Caller, DeliveryChange, ItemChange, Order, OrderChange, ToolCall
from agent.tools import TOOLS, OrderTools, noted, tool_schemas
from tests.stand_ins import HandClock

DEMO = Path(__file__).parents[2] / "data" / "demo"
OWNER, EMAIL = "C-1004", "daniel.okafor@example.com"
OTHER = "C-1001"
NUMBER = "LF-10377"
"""Daniel's, processing: sneakers in size 9, and a scarf."""
SIZE_10 = ItemChange(sku="SH-201", variant="size 10")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[DemoShop]:
    store = DemoShop(tmp_path / "shop.sqlite", DEMO, HandClock())
    yield store
    store.close()


def tools_of(shop: DemoShop, customer: str, turn: str = "t1", proven: tuple[str, ...] = ()) -> OrderTools:
    return OrderTools(store=shop, caller=Caller(customer_id=customer, proven=proven), turn_id=turn)


def stored(shop: DemoShop) -> Order:
    order = shop.get_order_by_id(NUMBER)
    assert order is not None
    return order


def outcomes(tools: OrderTools) -> list[tuple[str, str, str]]:
    return [(call.tool, call.outcome, call.detail) for call in tools.calls]


def attempt(tools: OrderTools, change: OrderChange | None, number: str = NUMBER, version: int = 1) -> Order:
    if change is None:
        return tools.cancel_order(number, seen_version=version)
    return tools.update_order(number, change, seen_version=version)


def test_the_owner_sees_the_order_however_its_number_is_written(shop: DemoShop) -> None:
    tools = tools_of(shop, OWNER)

    for written in (NUMBER, "lf 10377", "#10377", "10377"):
        assert tools.get_order_by_id(written) == stored(shop)


@pytest.mark.parametrize("customer", [OTHER, GUEST, "", "C-9999", OWNER.lower()])
def test_a_foreign_order_looks_like_one_that_does_not_exist(shop: DemoShop, customer: str) -> None:
    tools = tools_of(shop, customer)

    assert tools.get_order_by_id(NUMBER) is None
    assert tools.get_order_by_id("LF-99999") is None
    assert outcomes(tools) == [("get_order_by_id", "nothing found", "")] * 2


def test_customers_get_their_own_orders_only_and_no_more_than_asked(shop: DemoShop) -> None:
    tools = tools_of(shop, OWNER)

    own = tools.get_customer_orders(50)

    assert NUMBER in [order.number for order in own]
    assert {order.customer_id for order in own} == {OWNER}
    assert tools.get_customer_orders(1) == own[:1]


def test_a_guest_has_no_name_and_no_orders_also_after_a_proof(shop: DemoShop) -> None:
    tools = tools_of(shop, GUEST)
    tools.prove(NUMBER, EMAIL)

    assert tools.get_user() is None
    assert tools.get_customer_orders() == []


def test_a_customer_is_told_who_they_are(shop: DemoShop) -> None:
    user = tools_of(shop, OWNER).get_user()

    assert user is not None
    assert (user.customer_id, user.email) == (OWNER, EMAIL)


@pytest.mark.parametrize("customer", [GUEST, OTHER])
@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper(), f"  {EMAIL} "])
def test_number_and_address_together_prove_an_order(shop: DemoShop, customer: str, email: str) -> None:
    tools = tools_of(shop, customer)

    assert tools.prove("lf 10377", email) == stored(shop)
    assert tools.get_order_by_id(NUMBER) == stored(shop)
    assert tools.caller == Caller(customer_id=customer, proven=(NUMBER,))


@pytest.mark.parametrize(
    ("number", "email"),
    [
        (NUMBER, "mallory@example.com"),
        (NUMBER, ""),
        (NUMBER, "@example.com"),
        (NUMBER, f"{EMAIL}.evil.com"),
        (NUMBER, f"{EMAIL},mallory@example.com"),
        ("LF-99999", EMAIL),
        ("", EMAIL),
    ],
)
def test_a_failed_proof_shows_and_allows_nothing(shop: DemoShop, number: str, email: str) -> None:
    tools = tools_of(shop, GUEST)

    assert tools.prove(number, email) is None
    assert tools.caller.proven == ()
    assert tools.get_order_by_id(NUMBER) is None
    assert outcomes(tools) == [("get_order_by_id", "nothing found", "")] * 2


def test_one_order_that_is_proven_proves_no_other(shop: DemoShop) -> None:
    tools = tools_of(shop, GUEST)
    tools.prove(NUMBER, EMAIL)
    others = [order.number for order in shop.get_customer_orders(OWNER, 50) if order.number != NUMBER]

    assert others
    assert all(tools.get_order_by_id(number) is None for number in others)


def test_the_record_never_holds_the_address_of_a_proof(shop: DemoShop) -> None:
    tools = tools_of(shop, GUEST)
    tools.prove(NUMBER, "mallory@example.com")
    tools.prove(NUMBER, EMAIL)

    assert "@" not in str(noted(tools.calls))


CHANGES = [None, SIZE_10, DeliveryChange(option="pick-up point")]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("customer", [OTHER, GUEST, ""])
def test_a_foreign_order_is_never_changed(shop: DemoShop, customer: str, change: OrderChange | None) -> None:
    tools, before = tools_of(shop, customer), stored(shop)

    with pytest.raises(OrderRefusedError, match="nothing was changed") as refused:
        attempt(tools, change)

    assert refused.value.reason == "unknown_order"
    assert stored(shop) == before
    assert [(call.outcome, call.detail) for call in tools.calls] == [("refused", "unknown_order")]


def test_a_foreign_order_and_an_unknown_one_are_refused_alike(shop: DemoShop) -> None:
    tools = tools_of(shop, OTHER)
    told = []
    for number in (NUMBER, "LF-99999"):
        with pytest.raises(OrderRefusedError) as refused:
            attempt(tools, None, number)
        told.append((refused.value.reason, str(refused.value).replace(number, "?")))

    assert told[0] == told[1]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("customer", "proven"), [(OWNER, ()), (GUEST, (NUMBER,))])
def test_ones_own_order_is_changed(
    shop: DemoShop, customer: str, proven: tuple[str, ...], change: OrderChange | None
) -> None:
    tools = tools_of(shop, customer, proven=proven)

    after = attempt(tools, change)

    assert after == stored(shop)
    assert after.version == 2
    assert [call.outcome for call in tools.calls] == ["done"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_turn_that_runs_twice_changes_once_and_the_next_turn_is_refused(
    shop: DemoShop, change: OrderChange | None
) -> None:
    first = attempt(tools_of(shop, OWNER), change)
    again = attempt(tools_of(shop, OWNER), change)

    with pytest.raises(OrderRefusedError):
        attempt(tools_of(shop, OWNER, "t2"), change)

    assert first == again == stored(shop)
    assert stored(shop).version == 2


@pytest.mark.parametrize("version", [0, 2])
def test_an_order_that_was_not_shown_like_this_is_refused_and_noted(shop: DemoShop, version: int) -> None:
    tools, before = tools_of(shop, OWNER), stored(shop)

    with pytest.raises(OrderRefusedError):
        attempt(tools, None, version=version)

    assert stored(shop) == before
    assert outcomes(tools) == [("cancel_order", "refused", "changed_meanwhile")]


def test_what_the_shop_refuses_is_noted_with_its_reason(shop: DemoShop) -> None:
    tools = tools_of(shop, OWNER)
    too_small = ItemChange(sku="SH-201", variant="size 8")

    with pytest.raises(OrderRefusedError):
        attempt(tools, too_small)

    assert outcomes(tools) == [("update_order", "refused", "out_of_stock")]


def test_calls_are_noted_in_order_with_their_arguments_as_text(shop: DemoShop) -> None:
    tools = tools_of(shop, OWNER)
    tools.get_order_by_id("#10377")
    tools.cancel_order(NUMBER, seen_version=1)

    assert tools.calls == [
        ToolCall(tool="get_order_by_id", arguments={"number": "#10377"}, outcome="done"),
        ToolCall(tool="cancel_order", arguments={"number": NUMBER, "seen_version": "1"}, outcome="done"),
    ]
    assert [call["tool"] for call in noted(tools.calls)] == ["get_order_by_id", "cancel_order"]


def test_every_tool_has_a_schema_and_a_method_of_its_name() -> None:
    schemas = tool_schemas()

    assert [schema["name"] for schema in schemas] == list(TOOLS)
    assert all(schema["description"] and schema["parameters"]["type"] == "object" for schema in schemas)
    assert all(callable(getattr(OrderTools, name)) for name in TOOLS)


def test_an_address_is_changed_within_the_country(shop: DemoShop) -> None:
    address = stored(shop).address
    assert address is not None
    elsewhere = address.model_copy(update={"street": "12 Elm Street"})

    after = attempt(tools_of(shop, OWNER), AddressChange(address=elsewhere))

    assert after.address == elsewhere
