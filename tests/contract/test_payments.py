"""Whatever pays refunds keeps these promises."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agent.adapters.builtin.payments import PaymentsBook
from agent.errors import PaymentError
from agent.model import Money
from agent.ports.payments import Payments
from tests.stand_ins import HandClock

TEN = Money(minor=1000)


@pytest.fixture
def payments(tmp_path: Path) -> Iterator[Payments]:
    book = PaymentsBook(tmp_path / "payments.sqlite", HandClock())
    yield book
    book.close()


def pay(payments: Payments, key: str, amount: Money = TEN) -> str:
    return payments.refund(key=key, amount=amount, order_number="LF-10482", customer="C-1001")


def test_the_same_key_pays_once(payments: Payments) -> None:
    assert pay(payments, "k") == pay(payments, "k")


def test_different_keys_pay_separately(payments: Payments) -> None:
    assert pay(payments, "a") != pay(payments, "b")


def test_many_at_once_pay_once(payments: Payments) -> None:
    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(lambda _: pay(payments, "k"), range(40)))

    assert len(references) == 1


def test_a_key_is_bound_to_its_amount(payments: Payments) -> None:
    pay(payments, "k")

    with pytest.raises(PaymentError, match="was not paid"):
        pay(payments, "k", Money(minor=2000))


def test_what_was_paid_can_be_asked(payments: Payments) -> None:
    reference = pay(payments, "k")

    assert payments.paid("k") == reference
    assert payments.paid("never") is None
