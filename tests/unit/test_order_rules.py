"""What is done about an order is decided here, without store or clock."""

import pytest

from agent.model import (
    Address,
    AddressChange,
    Classification,
    DeliveryChange,
    DeliveryOption,
    Entities,
    Intent,
    ItemChange,
    Money,
    Order,
    OrderAction,
    OrderItem,
    OrderStatus,
    OrderTask,
    Variant,
)
from agent.order_rules import (
    SURE_OF_ACTION,
    candidates,
    changeable_items,
    choosable_deliveries,
    find_change,
    find_variant,
    has_consent,
    is_handled,
    is_named,
    is_refused_beforehand,
    task_of_turn,
)

ELM = Address(street="12 Elm Street", city="Springfield, IL", zip="62701")


def item(name: str, sku: str = "SH-201", variant: str = "size 9") -> OrderItem:
    return OrderItem(
        sku=sku, name=name, quantity=1, unit_minor=1000, refundable=True, final_sale=False, variant=variant
    )


SNEAKERS = item("Canvas sneakers, white")
SCARF = item("Wool scarf", "CL-118", "")


def order(number: str = "LF-10377", status: OrderStatus = "processing", *items: OrderItem, version: int = 1) -> Order:
    return Order(
        number=number,
        customer_id="C-1004",
        customer_name="Daniel Okafor",
        customer_tier="standard",
        status=status,
        placed_at="2026-10-01T00:00:00.000Z",
        delivered_at=None,
        paid=Money(minor=2000),
        refunded=Money(minor=0),
        items=items or (SNEAKERS, SCARF),
        version=version,
    )


def message(
    action: OrderAction = "cancel",
    *,
    intent: Intent = "order",
    confidence: float = 0.9,
    entities: Entities | None = None,
) -> Classification:
    return Classification(
        intent=intent,
        confidence=confidence,
        scores={intent: confidence},
        topic="general",
        topic_confidence=0.9,
        category="general",
        category_confidence=0.9,
        asks_for_person=False,
        person_confidence=0.1,
        entities=entities or Entities(),
        order_action=action,
    )


SHOWN = OrderTask(
    action="address",
    request="send it elsewhere",
    number="LF-10377",
    email="a@b.com",
    asked=1,
    change=AddressChange(address=ELM),
    seen_version=1,
)


# --- which task a message is about ---


def test_a_first_message_begins_a_task() -> None:
    task = task_of_turn(message(entities=Entities(order_number="LF-10377")), None, None, "cancel LF-10377")

    assert task == OrderTask(action="cancel", request="cancel LF-10377", number="LF-10377")


def test_an_answer_adds_to_the_task_under_way() -> None:
    before = OrderTask(action="cancel", request="cancel it", asked=1)

    task = task_of_turn(
        message("status", entities=Entities(order_number="LF-10377")), before, "order_number", "LF-10377"
    )

    assert task == before.model_copy(update={"number": "LF-10377"})


def test_what_was_shown_for_one_order_says_nothing_about_another() -> None:
    other = message("address", entities=Entities(order_number="LF-10490"))

    task = task_of_turn(other, SHOWN, "order_yes", "I meant LF-10490")

    assert (task.number, task.change, task.seen_version) == ("LF-10490", None, None)


def test_the_same_number_again_keeps_what_was_shown() -> None:
    again = message("address", entities=Entities(order_number="LF-10377"))

    assert task_of_turn(again, SHOWN, "order_yes", "LF-10377") == SHOWN


@pytest.mark.parametrize("awaiting", [None, "refund_details", "clarification"])
def test_where_nothing_about_an_order_was_asked_every_wish_is_new(awaiting: str | None) -> None:
    task = task_of_turn(message("address"), SHOWN, awaiting, "another address")

    assert task == OrderTask(action="address", request="another address", number="LF-10377", email="a@b.com")


@pytest.mark.parametrize(("confidence", "action"), [(SURE_OF_ACTION, "cancel"), (SURE_OF_ACTION - 0.01, "address")])
def test_another_wish_replaces_the_first_from_a_confidence_on(confidence: float, action: OrderAction) -> None:
    task = task_of_turn(message(confidence=confidence), SHOWN, "order_yes", "cancel the order instead")

    assert task.action == action


def test_a_new_wish_forgets_what_was_shown_and_keeps_the_order() -> None:
    task = task_of_turn(message(), SHOWN, "order_yes", "cancel the order instead")

    assert (task.number, task.email, task.change, task.seen_version, task.asked) == (
        "LF-10377",
        "a@b.com",
        None,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("text", "classification"),
    [
        ("yes please", message("status")),
        ("buy me another", message("place")),
        ("whatever", message("other")),
        ("how much is it", message(intent="faq")),
        ("to another address", message("address")),
    ],
)
def test_what_is_no_other_wish_goes_on_with_the_task(text: str, classification: Classification) -> None:
    assert task_of_turn(classification, SHOWN, "order_yes", text) == SHOWN


@pytest.mark.parametrize(
    ("awaiting", "entities", "goes_on"),
    [
        ("order_number", Entities(order_number="LF-10377"), True),
        ("order_number", Entities(email="a@b.com"), False),
        ("order_proof", Entities(email="a@b.com"), True),
        ("order_proof", Entities(order_number="LF-10377"), False),
        ("order_details", Entities(address=ELM), True),
        ("order_details", Entities(delivery="express"), True),
        ("order_details", Entities(), False),
        ("order_yes", Entities(address=ELM), False),
    ],
)
def test_a_message_that_brings_what_was_asked_is_no_new_wish(
    awaiting: str, entities: Entities, *, goes_on: bool
) -> None:
    task = task_of_turn(message("status", entities=entities), SHOWN, awaiting, "where is it?")

    assert (task.action == "address") is goes_on


# --- consent ---


@pytest.mark.parametrize(
    ("text", "seen_version", "version", "consents"),
    [
        ("yes", 1, 1, True),
        ("yes, LF-10377", 1, 1, True),
        ("yes", 1, 2, False),
        ("yes", 2, 1, False),
        ("yes", None, 1, False),
        ("yes, LF-10378", 1, 1, False),
        ("yes, but not yet", 1, 1, False),
        ("", 1, 1, False),
        ("ok change the address", 1, 1, True),
        ("ok cancel it", 1, 1, False),
    ],
)
def test_a_yes_counts_only_for_the_order_as_it_was_shown(
    text: str, seen_version: int | None, version: int, *, consents: bool
) -> None:
    task = SHOWN.model_copy(update={"seen_version": seen_version})

    assert has_consent(text, task, order(version=version), too_late=False) is consents


# --- which order is meant ---

ORDERS = [
    order("LF-4", "delivered", item("Table lamp", "HM-1")),
    order("LF-3", "shipped", item("Rain jacket", "CL-1")),
    order("LF-2", "processing", item("Canvas sneakers", "SH-1")),
    order("LF-1", "processing", item("Wool scarf", "CL-2")),
]


@pytest.mark.parametrize(
    ("action", "text", "numbers"),
    [
        ("cancel", "cancel it", ["LF-2", "LF-1"]),
        ("address", "other address", ["LF-2", "LF-1"]),
        ("status", "where is it", ["LF-3", "LF-2", "LF-1"]),
        ("cancel", "cancel the scarf", ["LF-1"]),
        ("status", "where are my lamps", ["LF-4"]),
        ("cancel", "cancel the lamp", ["LF-4"]),
        ("cancel", "the scarf and the sneakers", ["LF-2", "LF-1"]),
    ],
)
def test_without_a_number_the_order_is_known_by_its_articles_or_its_state(
    action: OrderAction, text: str, numbers: list[str]
) -> None:
    assert [found.number for found in candidates(ORDERS, action, text)] == numbers


@pytest.mark.parametrize("action", ["cancel", "status"])
def test_where_nothing_is_under_way_the_latest_order_is_meant(action: OrderAction) -> None:
    orders = [order("LF-2", "delivered"), order("LF-1", "cancelled")]

    assert [found.number for found in candidates(orders, action, "it")] == ["LF-2"]
    assert candidates([], action, "it") == []


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Canvas sneakers, white", "my SNEAKERS", True),
        ("Canvas sneakers, white", "one sneaker", True),
        ("Table lamp", "both lamps", True),
        ("Canvas sneakers, white", "the white one", False),
        ("Canvas sneakers, white", "canvassing", False),
        ("Mug 2024", "in 2024", False),
        ("Mug", "the mug", False),
        ("Mugs", "the mugs", True),
        ("Wool scarf", "", False),
    ],
)
def test_an_article_is_named_by_a_telling_word_of_its_name(name: str, text: str, *, named: bool) -> None:
    assert is_named(item(name), text) is named


# --- which change is meant ---


def test_the_change_is_what_the_message_asks_for() -> None:
    address = message("address", entities=Entities(address=ELM, delivery="express"))
    delivery = message("delivery", entities=Entities(address=ELM, delivery="express"))

    assert find_change("address", address, None, (), "") == AddressChange(address=ELM)
    assert find_change("delivery", delivery, None, (), "") == DeliveryChange(option="express")


def variants(*names: str) -> list[Variant]:
    return [Variant(sku="SH-201", name=name, in_stock=True) for name in names]


def test_another_size_is_a_change_of_that_article() -> None:
    change = find_change("item", message("item"), SNEAKERS, variants("size 9", "size 10"), "size 10 please")

    assert change == ItemChange(sku="SH-201", variant="size 10")


@pytest.mark.parametrize("action", ["address", "delivery", "item", "cancel", "status"])
def test_what_was_not_said_is_no_change(action: OrderAction) -> None:
    assert find_change(action, message(action), SNEAKERS, variants("size 9", "size 10"), "change it") is None


def test_a_size_without_an_article_is_no_change() -> None:
    assert find_change("item", message("item"), None, variants("size 10"), "size 10") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("size 10", "size 10"),
        ("from 9 to 10", "size 10"),
        ("10 instead", "size 10"),
        ("not 10, 10.5 please", "size 10.5"),
        ("US 11", "size 11"),
        ("I need size 10.", "size 10"),
        ("10.5.", "size 10.5"),
        ("9", None),
        ("size 12", None),
        ("100", None),
        ("", None),
    ],
)
def test_the_size_that_is_named_last_is_wanted(text: str, name: str | None) -> None:
    found = find_variant(variants("size 9", "size 10", "size 10.5", "size 11"), "size 9", text)

    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("medium", "size M"),
        ("an XL please", "size XL"),
        ("Large!", "size L"),
        ("extra large", "size XL"),
        ("extra small", "size XS"),
        ("L, it's better", "size L"),
        ("small", None),
        ("color", None),
    ],
)
def test_letter_sizes_are_known_by_their_names(text: str, name: str | None) -> None:
    found = find_variant(variants("size XS", "size S", "size M", "size L", "size XL"), "size S", text)

    assert (found and found.name) == name


@pytest.mark.parametrize(("text", "names"), [("the scarf", ["Wool scarf"]), ("it", ["Canvas sneakers", "Wool scarf"])])
def test_of_articles_that_come_in_several_the_named_ones_are_meant(text: str, names: list[str]) -> None:
    held = order(
        "LF-1", "processing", item("Canvas sneakers", "SH-1"), item("Wool scarf", "CL-2"), item("Lamp", "HM-1")
    )

    found = changeable_items(held, frozenset({"SH-1", "CL-2"}), text)

    assert [article.name for article in found] == names


def test_an_article_that_comes_in_one_only_cannot_be_changed() -> None:
    assert changeable_items(order(), frozenset(), "the sneakers") == []


@pytest.mark.parametrize("present", ["standard", "express", "pick-up point"])
def test_only_other_deliveries_are_offered(present: DeliveryOption) -> None:
    offered = choosable_deliveries(order().model_copy(update={"delivery": present}))

    assert len(offered) == 2
    assert present not in offered


# --- when a person helps ---


@pytest.mark.parametrize(
    ("action", "person"),
    [
        ("status", False),
        ("cancel", False),
        ("address", False),
        ("item", False),
        ("delivery", False),
        ("place", True),
        ("other", True),
    ],
)
def test_what_the_desk_does_not_do_goes_to_a_person_at_once(action: OrderAction, *, person: bool) -> None:
    assert is_handled(OrderTask(action=action, request="x")) is not person


def test_a_yes_that_comes_too_late_is_asked_for_anew() -> None:
    assert has_consent("yes", SHOWN.model_copy(update={"seen_version": 1}), order(version=1), too_late=False)
    assert not has_consent("yes", SHOWN.model_copy(update={"seen_version": 1}), order(version=1), too_late=True)


@pytest.mark.parametrize(
    "request_",
    [
        "cancel only the iron pot of my order LF-10510",
        "cancel 5 of the 10 rice cookers in LF-10530",
        "remove the scarf from my order LF-10377",
        "Cancel LF-10498 and LF-10499",
        "cancel all my orders",
    ],
)
def test_a_part_of_an_order_or_several_orders_go_to_a_person(request_: str) -> None:
    assert not is_handled(OrderTask(action="cancel", request=request_))


@pytest.mark.parametrize(
    "text",
    [
        "please do NOT cancel LF-10377",
        "I don't want to cancel order LF-10377, just checking",
        "I never asked to cancel LF-10377",
        "Bitte LF-10529 nicht stornieren",
        "no quiero cancelar el pedido LF-10487",
        "n'annulez pas la commande",
    ],
)
def test_what_shall_not_be_done_is_not_even_asked(text: str) -> None:
    assert is_refused_beforehand(OrderTask(action="cancel", request=text), text)


@pytest.mark.parametrize(
    "text", ["cancel LF-10377", "I do not know how to cancel my order", "I can't cancel my order, please do it for me"]
)
def test_a_wish_with_a_no_in_it_is_still_a_wish(text: str) -> None:
    assert not is_refused_beforehand(OrderTask(action="cancel", request=text), text)
