"""Services for a run that only shows what would happen: they read what is real, and keep what they write to themselves.

Each is made for one run of one thread of the process and forgotten with it.
"""

from collections.abc import Sequence
from typing import get_args

from sqlalchemy import func, select

from agent.errors import AlarmError, OrderRefusedError, OverRefundError
from agent.model import (
    Action,
    AddressChange,
    Customer,
    DeliveryChange,
    ItemChange,
    Money,
    Order,
    OrderChange,
    PastRefund,
    RefundPayment,
    StoredDecision,
    Ticket,
    TicketRequest,
    Variant,
)
from agent.ports.decisions import RefundLedger
from agent.ports.orders import OrderStore
from agent.store.database import Database
from agent.store.ledger import refund_key
from agent.store.tables import ledger


class DryRunDecisions:
    """Knows one decision, which nobody took, and who else would confirm it."""

    def __init__(self, decision: StoredDecision, second: str) -> None:
        """`decision` is the only one until it is confirmed; `second` names who would do that."""
        self._seats: tuple[StoredDecision, ...] = (decision,)
        self._second = second

    def confirm(self) -> None:
        """From here on a second person has approved exactly what the first one did."""
        first = self._seats[0]
        self._seats = (first, first.model_copy(update={"seat": 2, "action": "approve", "subject": self._second}))

    def read(self, review_id: str) -> StoredDecision:
        """The decision that would count, the second person's where there are two."""
        return self.seats(review_id)[-1]

    def seats(self, review_id: str) -> tuple[StoredDecision, ...]:
        """Every decision there would be, by seat; raises AlarmError for any other review."""
        if review_id != self._seats[0].review_id:
            message = f"Review {review_id} is not part of this dry run; nothing was paid."
            raise AlarmError(message)
        return self._seats


class AnswersAsDecisions:
    """Takes the answer at a gate for the decision itself, where a dry run has no table of decisions.

    The review's id is the action: whoever resumes says `{"review_id": "deny", "action": "deny"}`.
    """

    def __init__(self, payload_sha256: str, at: str) -> None:
        """The decisions are on the evidence with this digest, and taken at this time."""
        self._payload_sha256 = payload_sha256
        self._at = at

    def read(self, review_id: str) -> StoredDecision:
        """The decision, the second person's where there are two; raises AlarmError if the id is no action."""
        return self.seats(review_id)[-1]

    def seats(self, review_id: str) -> tuple[StoredDecision, ...]:
        """The decision, and who confirms an approval; raises AlarmError if the id is no action."""
        if review_id not in get_args(Action):
            message = (
                f"{review_id} is no action; nothing would be paid. Answer with one of {', '.join(get_args(Action))}."
            )
            raise AlarmError(message)
        first = StoredDecision.model_validate(
            {
                "review_id": review_id,
                "action": review_id,
                "reason": "other" if review_id == "deny" else None,
                "note": "",
                "amount": None,
                "reply": "Could you tell us more about it?" if review_id == "respond" else None,
                "subject": "a reviewer",
                "role": "reviewer",
                "source": "desk",
                "payload_sha256": self._payload_sha256,
                "decided_at": self._at,
            }
        )
        if review_id != "approve":
            return (first,)
        return first, first.model_copy(update={"seat": 2, "subject": "a second reviewer"})


class DryRunLedger:
    """Holds payments against what is left of an order, and makes none."""

    def __init__(self, live: RefundLedger, database: Database, *, review_id: str, until: str) -> None:
        """`review_id` is the real review that is tried: its own refund does not count, nor what came after `until`."""
        self._live = live
        self._database = database
        self._own_key = refund_key(review_id)
        self._until = until
        self.payments: list[RefundPayment] = []

    def refunded(self, order_number: str) -> Money:
        """What was paid back on an order at that time, with what this run would have paid."""
        others = select(func.coalesce(func.sum(ledger.c.amount_minor), 0)).where(
            ledger.c.order_number == order_number, ledger.c.key != self._own_key, ledger.c.entered_at <= self._until
        )
        with self._database.read() as connection:
            before = int(connection.execute(others).scalar_one())
        return Money(minor=before + sum(p.amount.minor for p in self.payments if p.order_number == order_number))

    def paid_refunds(self, order_numbers: Sequence[str]) -> list[PastRefund]:
        """What was really paid back on these orders, the latest first."""
        return self._live.paid_refunds(order_numbers)

    def count_paid(self) -> int:
        """How many refunds were really paid."""
        return self._live.count_paid()

    def pay(self, payment: RefundPayment) -> str:
        """Note the payment; raises OverRefundError if it is more than may go back."""
        for number, noted in enumerate(self.payments, start=1):
            if noted.review_id == payment.review_id:
                return _reference(number)
        self._check_limit(payment)
        self.payments.append(payment)
        return _reference(len(self.payments))

    def _check_limit(self, payment: RefundPayment) -> None:
        if payment.limit is None or payment.order_number is None:
            return
        left = Money(
            minor=payment.limit.minor - self.refunded(payment.order_number).minor, currency=payment.limit.currency
        )
        if payment.amount.minor > left.minor or payment.amount.currency != left.currency:
            message = (
                f"{payment.amount} was not paid: only {left} of order {payment.order_number} is left. "
                "Look at the other refunds of this order."
            )
            raise OverRefundError(message)


def _reference(number: int) -> str:
    return f"RF-DRY-{number}"


class DryRunTickets:
    """Writes tickets down for the length of the run."""

    def __init__(self) -> None:
        """No ticket yet."""
        self._by_key: dict[str, Ticket] = {}

    @property
    def opened(self) -> tuple[Ticket, ...]:
        """The tickets that would have been opened."""
        return tuple(self._by_key.values())

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """A ticket with a number that no real one has; the same key gives the same ticket."""
        if request.key not in self._by_key:
            told = request.model_dump(include=set(Ticket.model_fields))
            number = f"T-DRY-{len(self._by_key) + 1}"
            self._by_key[request.key] = Ticket.model_validate({**told, "number": number, "status": "open"})
        return self._by_key[request.key]


class DryRunOrders:
    """The real orders to look at; changes are seen by this run alone.

    What the shop itself would refuse beyond status and version, such as what is out of stock, is not tried.
    """

    def __init__(self, live: OrderStore) -> None:
        """Read from `live`, never write to it."""
        self._live = live
        self._after: dict[str, Order] = {}
        self._by_key: dict[str, Order] = {}

    @property
    def changed(self) -> tuple[Order, ...]:
        """The orders that would have been changed, as they would be."""
        return tuple(self._after.values())

    def get_user(self, customer_id: str) -> Customer | None:
        """The customer with this id."""
        return self._live.get_user(customer_id)

    def get_order_by_id(self, number: str) -> Order | None:
        """The order with this number, as it would be."""
        order = self._live.get_order_by_id(number)
        return None if order is None else self._after.get(order.number, order)

    def get_customer_orders(self, customer_id: str, limit: int = 10) -> list[Order]:
        """The customer's orders as they would be, the latest first."""
        return [self._after.get(order.number, order) for order in self._live.get_customer_orders(customer_id, limit)]

    def get_variants(self, sku: str) -> list[Variant]:
        """The sizes or colours of a product."""
        return self._live.get_variants(sku)

    def get_refunds(self, customer_id: str) -> list[PastRefund]:
        """What the shop paid back to a customer before, the latest first."""
        return self._live.get_refunds(customer_id)

    def cancel_order(self, number: str, *, key: str, seen_version: int) -> Order:
        """The order as it would be if it were cancelled; raises OrderRefusedError if it could not be."""
        return self._by_key.get(key) or self._keep(key, self._open(number, seen_version), {"status": "cancelled"})

    def update_order(self, number: str, change: OrderChange, *, key: str, seen_version: int) -> Order:
        """The order as it would be with this change; raises OrderRefusedError if it could not be changed."""
        if key in self._by_key:
            return self._by_key[key]
        order = self._open(number, seen_version)
        match change:
            case AddressChange():
                return self._keep(key, order, {"address": change.address})
            case DeliveryChange():
                return self._keep(key, order, {"delivery": change.option})
            case ItemChange():
                items = tuple(
                    item.model_copy(update={"variant": change.variant}) if item.sku == change.sku else item
                    for item in order.items
                )
                return self._keep(key, order, {"items": items})

    def _open(self, number: str, seen_version: int) -> Order:
        order = self.get_order_by_id(number)
        if order is None:
            message = f"Order {number} does not exist; nothing would be changed. Check the number."
            raise OrderRefusedError(reason="unknown_order", message=message)
        if order.status != "processing":
            message = f"Order {order.number} is {order.status}; nothing would be changed. Offer a return."
            raise OrderRefusedError(reason="not_processing", message=message)
        if order.version != seen_version:
            message = f"Order {order.number} has changed since; nothing would be changed. Read it again."
            raise OrderRefusedError(reason="changed_meanwhile", message=message)
        return order

    def _keep(self, key: str, order: Order, changes: dict[str, object]) -> Order:
        after = order.model_copy(update={**changes, "version": order.version + 1})
        self._after[order.number] = after
        self._by_key[key] = after
        return after
