"""How the desk speaks about orders."""

from collections.abc import Sequence

from agent.errors import RefusalReason
from agent.model import AddressChange, DeliveryChange, ItemChange, Order, OrderChange, OrderItem, OrderTask, Variant
from agent.order_rules import choosable_deliveries
from agent.voice import Voice

UNKNOWN = "–"
"""Where the store does not know a carrier, a tracking number or a day."""


def tell_status(voice: Voice, order: Order, due: str) -> str:
    """What has become of the order, and by when a person looks if it is not right."""
    moments = {"shipped": order.shipped_at or order.placed_at, "delivered": order.delivered_at}
    said = voice.say(
        voice.phrases.statuses[order.status],
        number=order.number,
        items=voice.items(order),
        day=voice.day(moments.get(order.status) or order.placed_at),
        carrier=order.carrier or UNKNOWN,
        tracking=order.tracking or UNKNOWN,
    )
    return f"{said} {voice.fill(voice.phrases.status_next, due=due)}"


def ask_consent(voice: Voice, order: Order, task: OrderTask) -> str:
    """The order as it is, and the question whose yes counts for it and for nothing else."""
    shown = voice.say(
        voice.phrases.order_shown,
        number=order.number,
        day=voice.day(order.placed_at),
        items=voice.items(order),
        paid=order.paid,
    )
    return shown + _question(voice, order, task.change)


def _question(voice: Voice, order: Order, change: OrderChange | None) -> str:
    phrases = voice.phrases
    match change:
        case None:
            return voice.fill(phrases.confirm_cancel, number=order.number)
        case AddressChange():
            old = order.address or UNKNOWN
            return voice.fill(phrases.confirm_address, number=order.number, old=old, new=change.address)
        case ItemChange():
            item = item_of(order, change)
            old = item.variant or UNKNOWN
            return voice.fill(phrases.confirm_item, number=order.number, name=item.name, old=old, new=change.variant)
        case DeliveryChange():
            old, new = phrases.deliveries[order.delivery], phrases.deliveries[change.option]
            return voice.fill(phrases.confirm_delivery, number=order.number, old=old, new=new)


def ask_details(
    voice: Voice, order: Order, task: OrderTask, item: OrderItem | None, variants: Sequence[Variant]
) -> str:
    """The question for what a change still lacks."""
    phrases = voice.phrases
    if task.action == "address":
        return voice.say(phrases.ask_address, number=order.number)
    if task.action == "delivery":
        options = ", ".join(phrases.deliveries[option] for option in choosable_deliveries(order))
        return voice.say(phrases.ask_delivery, number=order.number, options=options)
    if item is None:
        return voice.say(phrases.ask_item, number=order.number, items=voice.items(order))
    in_stock = ", ".join(variant.name for variant in variants if variant.in_stock and variant.name != item.variant)
    return voice.say(phrases.ask_variant, name=item.name, variants=in_stock or UNKNOWN)


def tell_done(voice: Voice, order: Order, change: OrderChange | None) -> str:
    """What was done."""
    phrases = voice.phrases
    match change:
        case None:
            return voice.say(phrases.cancelled, number=order.number)
        case AddressChange():
            return voice.say(phrases.address_changed, number=order.number, new=change.address)
        case ItemChange():
            name = item_of(order, change).name
            return voice.say(phrases.item_changed, number=order.number, name=name, new=change.variant)
        case DeliveryChange():
            new = phrases.deliveries[change.option]
            return voice.say(phrases.delivery_changed, number=order.number, new=new)


def tell_refusal(voice: Voice, order: Order, reason: RefusalReason, change: OrderChange | None, due: str) -> str:
    """Why nothing was changed, and what can be done instead."""
    leaves = reason == "not_processing" and order.status in {"shipped", "delivered"}
    refused = voice.say(
        voice.phrases.refusals[reason],
        number=order.number,
        state=voice.phrases.states[order.status],
        what=_wanted(voice, order, change),
        due=due,
    )
    return f"{refused} {voice.phrases.can_go_back}".rstrip() if leaves else refused


def _wanted(voice: Voice, order: Order, change: OrderChange | None) -> str:
    match change:
        case ItemChange():
            return f"{item_of(order, change).name}, {change.variant}"
        case DeliveryChange():
            name = voice.phrases.deliveries[change.option]
            return name[:1].upper() + name[1:]
        case _:
            return order.number


def item_of(order: Order, change: ItemChange) -> OrderItem:
    """The article that the change is about."""
    return next(item for item in order.items if item.sku == change.sku)
