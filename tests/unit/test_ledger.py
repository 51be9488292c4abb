from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters.builtin.payments import PaymentsBook
from agent.errors import OverRefundError, PaymentError
from agent.model import Money, RefundPayment
from agent.store.ledger import Ledger
from tests.conftest import OpenDatabase
from tests.stand_ins import HandClock


class RefusingPayments:
    """A provider that is down."""

    def refund(self, *, key: str, amount: Money, order_number: str | None, customer: str) -> str:
        message = f"{amount} was not paid to {customer} for {order_number} under {key}"
        raise PaymentError(message)

    def paid(self, key: str) -> str | None:
        del key
        return None


def a_payment(review: str, minor: int, limit: int | None = 24000) -> RefundPayment:
    return RefundPayment(
        review_id=review,
        thread_id="t",
        customer_id="C-1001",
        order_number="LF-10482",
        amount=Money(minor=minor),
        limit=None if limit is None else Money(minor=limit),
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[PaymentsBook]:
    opened = PaymentsBook(tmp_path / "payments.sqlite", HandClock())
    yield opened
    opened.close()


@pytest.fixture
def ledger(tmp_path: Path, book: PaymentsBook, open_database: OpenDatabase) -> Ledger:
    return Ledger(open_database(tmp_path / "desk.sqlite"), book, HandClock())


def test_paying_again_returns_the_same_reference_and_pays_once(ledger: Ledger, book: PaymentsBook) -> None:
    references = {ledger.pay(a_payment("r1", 24000)) for _again in range(3)}

    assert (len(references), book.count()) == (1, 1)


def test_two_reviews_of_one_order_never_pay_more_than_the_order(ledger: Ledger, book: PaymentsBook) -> None:
    ledger.pay(a_payment("r1", 14000))

    ledger.pay(a_payment("r2", 10000))
    with pytest.raises(OverRefundError, match="was not paid"):
        ledger.pay(a_payment("r3", 1))

    assert (book.count(), ledger.refunded("LF-10482")) == (2, Money(minor=24000))


def test_a_provider_that_is_down_is_tried_again_under_the_same_key(
    tmp_path: Path, book: PaymentsBook, open_database: OpenDatabase
) -> None:
    database = open_database(tmp_path / "desk.sqlite")
    with pytest.raises(PaymentError, match="refund:r1"):
        Ledger(database, RefusingPayments(), HandClock()).pay(a_payment("r1", 24000))

    Ledger(database, book, HandClock()).pay(a_payment("r1", 24000))

    assert book.paid("refund:r1") is not None


def test_a_key_is_not_reused_for_another_amount(book: PaymentsBook) -> None:
    book.refund(key="k", amount=Money(minor=100), order_number=None, customer="C-1")

    with pytest.raises(PaymentError, match="was not paid"):
        book.refund(key="k", amount=Money(minor=200), order_number=None, customer="C-1")
