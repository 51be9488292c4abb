"""The order on the evidence card: where it stands, what is in it, and what went back to the customer before."""

from collections import Counter

from agent import Evidence, Money, Order, OrderItem
from pages.ui.blocks import Block, Tone, facts, fold, heading, table
from pages.ui.clock import day
from pages.ui.review.card_blocks import Fact, named_facts

REFUND_HEAD = ("When", "Order", "Amount", "Reason")
ORDER_TONE: dict[str, Tone] = {"delivered": "good", "cancelled": "bad", "returned": "warn"}
NAMED = 2
"""Up to so many items are named without a click."""


def order_in_short(evidence: Evidence) -> list[Block]:
    """The order, its delivery and its items in a few lines; says so where a refund has none."""
    order = order_of(evidence)
    if order is not None:
        return [heading(f"Order {order.number}"), named_facts(_short_rows(evidence, order))]
    refund = evidence.refund
    if refund is None:
        return []
    number = refund.order_number
    missing = f"{number} was not found" if number else "unknown, none was named"
    return [
        heading("Order"),
        named_facts([Fact(label="Order", value=missing, tone="warn", fact="order"), _earlier_row(evidence)]),
    ]


def order_of(evidence: Evidence) -> Order | None:
    """The order that a request is about, if it is known."""
    return evidence.order or (evidence.refund.order if evidence.refund else None)


def order_folds(evidence: Evidence) -> list[Block]:
    """Items, shipment with address, and every earlier refund, each behind its title."""
    order = order_of(evidence)
    folds = [] if order is None else [_items(order), _shipment(order)]
    past = evidence.refund.past_refunds if evidence.refund else None
    if past:
        rows = [(day(each.refunded_at), each.order_number, str(each.amount), each.reason) for each in past]
        folds.append(
            fold(f"Earlier refunds ({len(rows)})", [table("Earlier refunds", REFUND_HEAD, rows, numeric=(2,))])
        )
    return folds


def _short_rows(evidence: Evidence, order: Order) -> list[Fact]:
    rows = [
        Fact(label="Status", value=order.status, tone=ORDER_TONE.get(order.status, "info"), fact="order"),
        Fact(
            label="Customer",
            value=f"{order.customer_name} ({order.customer_id}, {order.customer_tier})",
            fact="customer",
        ),
        Fact(label="Delivered", value=_delivered(evidence, order), fact="delivered"),
        Fact(label="Items", value=_items_in_short(order), fact="items"),
    ]
    return [*rows, _earlier_row(evidence)] if evidence.refund else rows


def _delivered(evidence: Evidence, order: Order) -> str:
    if order.delivered_at is None:
        return "the day is unknown" if order.status in {"delivered", "returned"} else "not yet"
    days = evidence.refund.days_since_delivery if evidence.refund else None
    if days is None:
        return day(order.delivered_at)
    return f"{day(order.delivered_at)}, {days} day{'' if days == 1 else 's'} before the request"


def _items_in_short(order: Order) -> str:
    if not order.items:
        return "unknown"
    barred = [item for item in order.items if _returns(item) != "yes"]
    if barred:
        return f"{_names(barred)}: {' and '.join(dict.fromkeys(_returns(item) for item in barred))}"
    return f"{_names(order.items)}; may be returned"


def _names(items: list[OrderItem] | tuple[OrderItem, ...]) -> str:
    named = ", ".join(f"{item.quantity} × {item.name}" if item.quantity > 1 else item.name for item in items[:NAMED])
    return f"{named} and {len(items) - NAMED} more" if len(items) > NAMED else named


def _earlier_row(evidence: Evidence) -> Fact:
    return Fact(label="Earlier refunds", value=_earlier_in_short(evidence), fact="earlier")


def _earlier_in_short(evidence: Evidence) -> str:
    """How many, how much together, and the latest."""
    past = evidence.refund.past_refunds if evidence.refund else None
    if past is None:
        return "unknown"
    if not past:
        return "none"
    sums: Counter[str] = Counter()
    for each in past:
        sums[each.amount.currency] += each.amount.minor
    together = " and ".join(str(Money(minor=minor, currency=currency)) for currency, minor in sums.items())
    latest = max(past, key=lambda each: each.refunded_at)
    when = f"{latest.amount}, {day(latest.refunded_at)}"
    if len(past) == 1:
        return f"1: {when}"
    return f"{len(past)}, {together} together; latest {when}"


def _shipment(order: Order) -> Block:
    rows = [
        ("Placed", day(order.placed_at)),
        ("Shipped", _shipped(order)),
        ("Carrier", ", ".join(filter(None, (order.carrier, order.tracking))) or "none is known"),
        ("Delivery", order.delivery),
        ("Goes to", str(order.address) if order.address else "no address is known"),
    ]
    return fold("Shipment and address", [facts(rows)])


def _shipped(order: Order) -> str:
    """When it was sent; the store may know that it was, and not when."""
    if order.shipped_at:
        return day(order.shipped_at)
    return "yes, the day is unknown" if order.carrier or order.delivered_at else "not yet"


def _items(order: Order) -> Block:
    rows = [
        (
            f"{item.name}, {item.variant}" if item.variant else item.name,
            str(item.quantity),
            str(Money(minor=item.unit_minor, currency=order.paid.currency)),
            _returns(item),
        )
        for item in order.items
    ]
    return fold(f"Items ({len(rows)})", [table("Items", ("Item", "Qty", "Each", "Returns"), rows, numeric=(1, 2))])


def _returns(item: OrderItem) -> str:
    if item.final_sale:
        return "final sale"
    return "yes" if item.refundable else "excluded from returns"
