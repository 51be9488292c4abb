"""The ledger: every refund is entered here before it is paid, under a key that exists once."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from agent.errors import AlarmError, OverRefundError
from agent.model import Money, PastRefund, RefundPayment
from agent.ports.clock import Clock
from agent.ports.payments import Payments
from agent.store.database import Database
from agent.store.tables import ledger, reviews, threads
from agent.timestamps import to_text

DEMO_REFERENCE = "demo-"
"""What the reference of a made-up refund begins with."""


def refund_key(review_id: str) -> str:
    """The key under which a review's refund is entered and paid."""
    return f"refund:{review_id}"


def is_paid(connection: Connection, review_id: str) -> bool:
    """Whether the ledger holds the provider's reference for this review's refund."""
    found = select(ledger.c.reference).where(ledger.c.key == refund_key(review_id))
    return connection.execute(found).scalar() is not None


def for_real() -> ColumnElement[bool]:
    """The entries of real refunds: made-up ones are in made-up threads, say so in their reference, and never count.

    Both have to be so, since a real customer may write in a made-up thread.
    """
    is_demo_thread = exists().where(threads.c.thread_id == ledger.c.thread_id, threads.c.demo == 1)
    says_so = func.coalesce(ledger.c.reference, "").startswith(DEMO_REFERENCE)
    return ~(is_demo_thread & says_so)


class Ledger:
    """Enters, pays, and notes the reference, in this order; each step can be repeated after a crash."""

    def __init__(self, database: Database, payments: Payments, clock: Clock) -> None:
        """Enter in this database, pay through this port."""
        self._database = database
        self._payments = payments
        self._clock = clock

    def refunded(self, order_number: str) -> Money:
        """What this desk has paid back on an order so far, payments under way included."""
        with self._database.read() as connection:
            return Money(minor=_entered(connection, order_number, but=""))

    def paid_refunds(self, order_numbers: Sequence[str]) -> list[PastRefund]:
        """What this desk has paid back on these orders, the latest first."""
        paid = (ledger.c.order_number.in_(order_numbers), ledger.c.paid_at.is_not(None), for_real())
        chosen = select(ledger).where(*paid)
        with self._database.read() as connection:
            rows = connection.execute(chosen.order_by(ledger.c.paid_at.desc())).mappings().all()
        return [
            PastRefund(
                order_number=row["order_number"],
                amount=Money(minor=row["amount_minor"], currency=row["currency"]),
                refunded_at=row["paid_at"],
                reason="Approved at this desk",
            )
            for row in rows
        ]

    def count_paid(self) -> int:
        """How many refunds were paid and confirmed."""
        with self._database.read() as connection:
            confirmed = select(func.count()).where(ledger.c.reference.is_not(None), for_real())
            return int(connection.execute(confirmed).scalar_one())

    def pay(self, payment: RefundPayment) -> str:
        """Pay once and return the provider's reference. Raises OverRefundError or PaymentError if nothing was paid."""
        key = refund_key(payment.review_id)
        reference = self._enter(key, payment)
        if reference is not None:
            return reference
        reference = self._payments.refund(
            key=key, amount=payment.amount, order_number=payment.order_number, customer=payment.customer_id
        )
        with self._database.write() as connection:
            connection.execute(
                update(ledger)
                .where(ledger.c.key == key)
                .values(reference=reference, paid_at=to_text(self._clock.now()))
            )
        return reference

    def _enter(self, key: str, payment: RefundPayment) -> str | None:
        """Enter the payment if it is not yet; returns the reference if it was paid before."""
        with self._database.write() as connection:
            known = connection.execute(select(ledger).where(ledger.c.key == key)).mappings().first()
            if known is not None:
                return None if known["reference"] is None else str(known["reference"])
            _refuse_check_case(connection, payment.review_id)
            _check_limit(connection, key, payment)
            connection.execute(
                insert(ledger).values(
                    key=key,
                    review_id=payment.review_id,
                    thread_id=payment.thread_id,
                    order_number=payment.order_number,
                    amount_minor=payment.amount.minor,
                    currency=payment.amount.currency,
                    entered_at=to_text(self._clock.now()),
                )
            )
        return None


def _refuse_check_case(connection: Connection, review_id: str) -> None:
    found = connection.execute(select(reviews.c.check_case).where(reviews.c.review_id == review_id)).scalar()
    if found is not None:
        message = f"Review {review_id} is a check case, which is never paid; nothing was paid."
        raise AlarmError(message)


def _check_limit(connection: Connection, key: str, payment: RefundPayment) -> None:
    if payment.limit is None or payment.order_number is None:
        return
    left = payment.limit.minor - _entered(connection, payment.order_number, but=key)
    if payment.amount.minor > left or payment.amount.currency != payment.limit.currency:
        message = (
            f"{payment.amount} was not paid: only {Money(minor=left, currency=payment.limit.currency)} "
            f"of order {payment.order_number} is left. Look at the other refunds of this order."
        )
        raise OverRefundError(message)


def _entered(connection: Connection, order_number: str, *, but: str) -> int:
    total = connection.execute(
        select(func.coalesce(func.sum(ledger.c.amount_minor), 0)).where(
            ledger.c.order_number == order_number, ledger.c.key != but, for_real()
        )
    ).scalar_one()
    return int(total)
