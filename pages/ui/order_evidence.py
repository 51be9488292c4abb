"""The order on the evidence card: where it stands, where it went, what is in it, and what went back before."""

from agent import Evidence, Money, Order, OrderItem
from pages.ui.blocks import Block, Tone, facts, fold, heading, note, table
from pages.ui.clock import day

REFUND_HEAD = ("When", "Order", "Amount", "Reason")
SHORT = 5
"""Up to so many earlier refunds are shown without a click."""
ORDER_TONE: dict[str, Tone] = {"delivered": "good", "cancelled": "bad", "returned": "warn"}


def order_blocks(evidence: Evidence) -> list[Block]:
    """The order with its shipment and items; says so where a refund has none."""
    refund = evidence.refund
    order = evidence.order or (refund.order if refund else None)
    if order is not None:
        days = refund.days_since_delivery if refund else None
        return [heading(f"Order {order.number}"), _shipment(order, days), _items(order)]
    if refund is None:
        return []
    missing = f"Order {refund.order_number} was not found." if refund.order_number else "No order is known."
    return [heading("Order"), note(missing)]


def past_refund_blocks(evidence: Evidence) -> list[Block]:
    """What went back to the customer before; nothing where no customer is known."""
    past = evidence.refund.past_refunds if evidence.refund else None
    if past is None:
        return []
    if not past:
        return [heading("Earlier refunds"), note("None.", "soft")]
    rows = [(day(each.refunded_at), each.order_number, str(each.amount), each.reason) for each in past]
    drawn = table("Earlier refunds", REFUND_HEAD, rows, numeric=(2,))
    return [fold(f"Earlier refunds ({len(rows)})", [drawn], opened=len(rows) <= SHORT)]


def _shipment(order: Order, days: int | None) -> Block:
    before = "" if days is None else f", {days} day{'' if days == 1 else 's'} before the request"
    return facts(
        [
            ("Status", order.status, ORDER_TONE.get(order.status, "info")),
            ("Customer", f"{order.customer_name} ({order.customer_id}, {order.customer_tier})"),
            ("Placed", day(order.placed_at)),
            ("Shipped", _shipped(order)),
            ("Delivered", f"{day(order.delivered_at)}{before}" if order.delivered_at else "no"),
            ("Carrier", ", ".join(filter(None, (order.carrier, order.tracking))) or "none"),
            ("Delivery", order.delivery),
            ("Goes to", str(order.address) if order.address else "no address is known"),
        ]
    )


def _shipped(order: Order) -> str:
    """When it was sent; the store may know that it was, and not when."""
    if order.shipped_at:
        return day(order.shipped_at)
    return "yes, the day is not known" if order.carrier or order.delivered_at else "no"


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
    return table("Items", ("Item", "Qty", "Each", "Returns"), rows, numeric=(1, 2))


def _returns(item: OrderItem) -> str:
    if item.final_sale:
        return "final sale"
    return "yes" if item.refundable else "excluded"
