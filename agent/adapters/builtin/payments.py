"""The built-in payments book: refunds are booked for finance to pay out, each key once.

It is a book of its own with its own transactions, as a payment provider would be: a crash between the desk's ledger
and this book is a real one.
"""

from sqlalchemy import Column, MetaData, Table, insert, select

from agent.errors import PaymentError
from agent.model import Money
from agent.ports.clock import Clock
from agent.store.columns import Integer, Text
from agent.store.opening import Place, open_database
from agent.timestamps import to_text

tables = MetaData()

payouts = Table(
    "payouts",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("amount_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("order_number", Text),
    Column("customer", Text, nullable=False),
    Column("booked_at", Text, nullable=False),
)


class PaymentsBook:
    """Books refunds durably; the reference is the number of the entry."""

    def __init__(self, place: Place, clock: Clock) -> None:
        """Open or create the book; raises StorageError if the place is unusable."""
        self._database = open_database(place, "payments", tables)
        self._clock = clock

    def refund(self, *, key: str, amount: Money, order_number: str | None, customer: str) -> str:
        """Book `amount` and return the reference; the same key is booked once.

        Raises PaymentError if the key was used for another amount or order; nothing is booked then.
        """
        with self._database.write() as connection:
            booked = connection.execute(select(payouts).where(payouts.c.key == key)).mappings().first()
            if booked is None:
                entry = insert(payouts).values(
                    key=key,
                    amount_minor=amount.minor,
                    currency=amount.currency,
                    order_number=order_number,
                    customer=customer,
                    booked_at=to_text(self._clock.now()),
                )
                number = connection.execute(entry).inserted_primary_key
                return _reference(int(number[0]) if number else 0)
        same = (booked["amount_minor"], booked["currency"], booked["order_number"]) == (
            amount.minor,
            amount.currency,
            order_number,
        )
        if not same:
            message = f"The key {key} was used for another payment; {amount} was not paid. Look at the payments book."
            raise PaymentError(message)
        return _reference(booked["number"])

    def paid(self, key: str) -> str | None:
        """The reference under which `key` was booked, None if it was not."""
        with self._database.read() as connection:
            number = connection.execute(select(payouts.c.number).where(payouts.c.key == key)).scalar()
        return None if number is None else _reference(number)

    def count(self) -> int:
        """How many refunds were booked."""
        with self._database.read() as connection:
            return len(connection.execute(select(payouts.c.number)).all())

    def close(self) -> None:
        """Give the place back."""
        self._database.close()


def _reference(number: int) -> str:
    return f"RF-{number:06d}"
