"""What speaks against a change: each check raises OrderRefusedError, and the caller's transaction changes nothing."""

from agent.errors import OrderRefusedError, RefusalReason
from agent.model import Address, DeliveryOption, ItemChange, Order, Variant

FURNITURE = frozenset({"HM-311", "HM-312", "HM-315", "HM-320"})
"""Articles that are brought to the door by appointment and cannot go to a pick-up point."""
HOME = "US"
"""The only country with express delivery and pick-up points."""
STANDARD_MINOR = 495
FREE_ABOVE_MINOR = 5000
"""Goods worth more than this, in cents, travel by standard delivery at no charge."""
EXPRESS_MINOR = 1295


def refusal(order: Order, reason: RefusalReason, fact: str) -> OrderRefusedError:
    """The error for operators: the fact, what did not happen, what to do next."""
    remedies: dict[RefusalReason, str] = {
        "not_processing": "only an order that is processing can be changed, the goods can come back as a return",
        "changed_meanwhile": "read the order again and ask the customer anew",
        "other_country": "give an address in the same country",
        "unknown_variant": "choose from what the shop offers",
        "out_of_stock": "choose one that is in stock",
        "costs_more": "choose an option that costs no more than was paid",
    }
    return OrderRefusedError(reason, f"Order {order.number}: {fact}. Nothing was changed; {remedies[reason]}.")


def check_changeable(order: Order, seen_version: int) -> None:
    """Refuse an order that is not processing, or no longer what the customer was shown."""
    if order.status != "processing":
        raise refusal(order, "not_processing", f"it is {order.status}")
    if order.version != seen_version:
        raise refusal(order, "changed_meanwhile", f"it is at version {order.version}, version {seen_version} was shown")


def check_address(order: Order, address: Address) -> None:
    """Refuse an address in another country."""
    present = order.address.country if order.address else HOME
    if address.country.upper() != present:
        raise refusal(order, "other_country", f"it goes to {present}, the new address is in {address.country}")


def check_item(order: Order, change: ItemChange, offered: list[Variant]) -> str:
    """The variant's name as the shop writes it; refuse an article that was not ordered, or a variant not to be had."""
    if all(item.sku != change.sku for item in order.items):
        raise refusal(order, "unknown_variant", f"{change.sku} is not in it")
    wanted = change.variant.strip().casefold()
    found = next((variant for variant in offered if variant.name.casefold() == wanted), None)
    if found is None:
        raise refusal(order, "unknown_variant", f"{change.sku} does not come in {change.variant!r}")
    if not found.in_stock:
        raise refusal(order, "out_of_stock", f"{change.sku} in {found.name} is out of stock")
    return found.name


def check_delivery(order: Order, option: DeliveryOption, paid_minor: int) -> None:
    """Refuse an option that the shop does not offer for this order, or that costs more than was paid for delivery."""
    abroad = order.address is not None and order.address.country != HOME
    if abroad and option != "standard":
        raise refusal(order, "unknown_variant", f"{option} is not offered abroad")
    if option == "pick-up point" and any(item.sku in FURNITURE for item in order.items):
        raise refusal(order, "unknown_variant", "furniture cannot go to a pick-up point")
    price = delivery_price(order, option)
    if price > paid_minor:
        raise refusal(order, "costs_more", f"{option} costs {price} cents, {paid_minor} were paid for delivery")


def delivery_price(order: Order, option: DeliveryOption) -> int:
    """What the option costs in cents, in the shop's own country."""
    if option == "express":
        return 0 if order.customer_tier == "plus" else EXPRESS_MINOR
    goods_minor = sum(item.quantity * item.unit_minor for item in order.items)
    return 0 if goods_minor > FREE_ABOVE_MINOR else STANDARD_MINOR
