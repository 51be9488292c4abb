"""What is done about an order, as pure decisions: no store, no clock, no wording."""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Literal

from agent.model import (
    AddressChange,
    Classification,
    DeliveryChange,
    DeliveryOption,
    ItemChange,
    Order,
    OrderAction,
    OrderChange,
    OrderItem,
    OrderTask,
    Variant,
)
from agent.reading.replies import is_warning, is_yes, names_action

OrderStep = Literal["ask", "person", "status", "change", "yes", "refund", "done"]
"""Where the lane goes: a question to the customer, a person, the answer, a change to confirm, a confirmed one, the
refund's gate, the end."""

WRITES: frozenset[OrderAction] = frozenset({"cancel", "address", "item", "delivery"})
HANDLED: frozenset[OrderAction] = WRITES | {"status"}
"""What the desk does by itself; placing orders, returns and whatever else go to a person."""

BEYOND = re.compile(
    r"\b(only|just|solo|solamente|nur|seulement|uniquement)\b.{0,40}\b(of|from|in|de|del|aus|von|dans)\b"
    r"|\b\d+\s+(of|out of|von|de|sur)\s+(the|my|\d|los|las|mis|den|meinen|les|mes)"
    r"|\b(remove|take out|leave out|add|order \w+ more|quita\w*|eliminar?|a[nñ]adir|agregar?|entfernen?|hinzuf\w+"
    r"|retirer|enlever|ajouter)\b"
    r"|\b(all|both|every|todos|alle|beide|tous|toutes)\b.{0,12}\b(orders|pedidos|bestellungen|commandes)\b"
    r"|LF[\s-]?\d{4,8}.{1,30}LF[\s-]?\d{4,8}",
    re.IGNORECASE | re.DOTALL,
)
"""Wishes about a part of an order, another number of articles, or several orders: a person does what a rule would get
wrong."""

SURE_OF_ACTION = 0.6
"""Intent probability from which a new wish replaces the one under way."""
TELLING_LETTERS = 4
"""Shortest word of an article's name that tells it from others."""


def task_of_turn(
    classification: Classification, before: OrderTask | None, awaiting: str | None, text: str
) -> OrderTask:
    """The task that this message is about: the one under way with what the message adds, or a new one."""
    entities = classification.entities
    if before is None or _is_new_wish(classification, before, awaiting, text):
        number = entities.order_number or (before.number if before else None)
        email = entities.email or (before.email if before else None)
        return OrderTask(action=wished_action(classification, text), request=text, number=number, email=email)
    other_order = entities.order_number is not None and entities.order_number != before.number
    return before.model_copy(
        update={
            "number": entities.order_number or before.number,
            "email": entities.email or before.email,
            # what was shown for one order says nothing about another
            "change": None if other_order else before.change,
            "seen_version": None if other_order else before.seen_version,
        }
    )


def _is_new_wish(classification: Classification, before: OrderTask, awaiting: str | None, text: str) -> bool:
    if awaiting is None or not awaiting.startswith("order_"):
        return True
    wish = classification.order_action
    if classification.intent != "order" or classification.confidence < SURE_OF_ACTION or wish == before.action:
        return False
    if is_yes(text, before.number, before.action) or wish not in HANDLED or not names_action(text, wish):
        return False
    brings_answer = {
        "order_number": classification.entities.order_number is not None,
        "order_proof": classification.entities.email is not None,
        "order_details": classification.entities.address is not None or classification.entities.delivery is not None,
    }
    return not brings_answer.get(awaiting, False)


def wished_action(classification: Classification, text: str) -> OrderAction:
    """What the customer wants done; an address in the message outweighs a guess that is not in its words."""
    guess = classification.order_action
    if classification.entities.address is not None and guess != "address" and not names_action(text, guess):
        return "address"
    return guess


def has_consent(text: str, task: OrderTask, order: Order, *, too_late: bool) -> bool:
    """Whether the customer said yes to the question that was put; it counts only for the order as it was shown."""
    return not too_late and task.seen_version == order.version and is_yes(text, order.number, task.action)


def candidates(orders: Sequence[Order], action: OrderAction, text: str) -> list[Order]:
    """The orders that a message without a number can mean: by an article it names, else by what can be done to them."""
    named = [order for order in orders if any(is_named(item, text) for item in order.items)]
    if named:
        return named
    if action in WRITES:
        return [order for order in orders if order.status == "processing"] or list(orders[:1])
    under_way = [order for order in orders if order.status in {"processing", "shipped"}]
    return under_way or list(orders[:1])


def is_named(item: OrderItem, text: str) -> bool:
    """Whether the text names the article by one of the telling words of its name."""
    said = set(re.findall(r"\w+", text.lower()))
    name = item.name.partition(",")[0].lower()
    telling = [word for word in re.findall(r"\w+", name) if len(word) >= TELLING_LETTERS and not word.isdigit()]
    return any(word in said or word.rstrip("s") in said or f"{word}s" in said for word in telling)


def find_change(
    action: OrderAction, classification: Classification, item: OrderItem | None, variants: Sequence[Variant], text: str
) -> OrderChange | None:
    """The change that the message asks for; None where it does not say which."""
    entities = classification.entities
    if action == "address":
        return AddressChange(address=entities.address) if entities.address else None
    if action == "delivery":
        return DeliveryChange(option=entities.delivery) if entities.delivery else None
    if action == "item" and item is not None:
        wanted = find_variant(variants, item.variant, text)
        return ItemChange(sku=item.sku, variant=wanted.name) if wanted else None
    return None


def fitted(change: OrderChange | None, order: Order) -> OrderChange | None:
    """The same change; an address without a country lies where the order was going; what is so already is none."""
    if isinstance(change, DeliveryChange) and change.option == order.delivery:
        return None
    if not isinstance(change, AddressChange) or change.address.country or order.address is None:
        return change
    return AddressChange(address=change.address.model_copy(update={"country": order.address.country}))


def changeable_items(order: Order, sold_in_variants: frozenset[str], text: str) -> list[OrderItem]:
    """The articles that a wish for another size or colour can mean: the named ones, else all that come in several."""
    named = [item for item in order.items if is_named(item, text)]
    return [item for item in named or order.items if item.sku in sold_in_variants]


def find_variant(variants: Sequence[Variant], present: str, text: str) -> Variant | None:
    """The variant that the text names last, other than the present one ("from 9 to 10")."""
    said = _words(text)
    named = [
        (place + len(name), len(name), variant)
        for variant in variants
        for name in map(_words, _spellings(variant.name))
        for place in range(len(said))
        if said[place : place + len(name)] == name
    ]
    # "extra large" does not name the size "large" that ends where it ends
    longest = {end: variant for end, _, variant in sorted(named, key=itemgetter(0, 1))}
    others = [variant for _, variant in sorted(longest.items()) if variant.name.lower() != present.lower()]
    return others[-1] if others else None


def _words(text: str) -> list[str]:
    """Words and figures in small letters; the point of "10.5" and the apostrophe of "it's" belong to them."""
    return re.findall(r"[^\W_]+(?:[.'’][^\W_]+)*", text.lower())


LETTER_SIZES = {"xs": "extra small", "s": "small", "m": "medium", "l": "large", "xl": "extra large", "xxl": "2xl"}


def _spellings(name: str) -> list[str]:
    """How people write a variant: "size 10" also as "10", "size M" also as "medium"."""
    whole = name.lower()
    bare = whole.removeprefix("size ").removeprefix("us ")
    return [whole, bare, *([LETTER_SIZES[bare]] if bare in LETTER_SIZES else [])]


def choosable_deliveries(order: Order) -> list[DeliveryOption]:
    """The options that an order does not have yet."""
    options: tuple[DeliveryOption, ...] = ("standard", "express", "pick-up point")
    return [option for option in options if option != order.delivery]


def is_handled(task: OrderTask) -> bool:
    """Whether the desk does this by itself: a known action on one whole order."""
    return task.action in HANDLED and not (task.action in WRITES and BEYOND.search(task.request))


def is_refused_beforehand(task: OrderTask, text: str) -> bool:
    """Whether the message says that the order shall not be changed ("please do NOT cancel it")."""
    return task.action in WRITES and task.request == text and is_warning(text)
