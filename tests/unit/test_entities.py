from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.model import Money
from agent.reading.entities import find_entities


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("order LF-10482", "LF-10482"),
        ("lf 10482 please", "LF-10482"),
        ("LF10482", "LF-10482"),
        ("my purchase 370795561790 is late", "370795561790"),
        ("#W5918442", "W5918442"),
        ("order number: 4471", "4471"),
        ("bestellung 77120", "77120"),
        ("I paid $240 in 2024", None),
        ("call me at 9", None),
    ],
)
def test_order_numbers_are_found_in_many_spellings(text: str, number: str | None) -> None:
    assert find_entities(text).order_number == number


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("refund $240", Money(minor=24000)),
        ("refund 240 dollars", Money(minor=24000)),
        ("USD 42.50 please", Money(minor=4250)),
        ("1,299.00 usd", Money(minor=129900)),
        ("42,50 € zurück", Money(minor=4250, currency="EUR")),
        ("£20", Money(minor=2000, currency="GBP")),
        ("order 4471 from 2024", None),
        ("$1e309", None),
        ("$NaN", None),
        ("within 30 days", None),
    ],
)
def test_amounts_are_found_with_their_currency(text: str, amount: Money | None) -> None:
    assert find_entities(text).amount == amount


def test_an_order_number_is_never_an_amount() -> None:
    found = find_entities("refund order 10482 for $64.00")

    assert (found.order_number, found.amount) == ("10482", Money(minor=6400))


@given(st.text(max_size=300))
def test_any_text_is_survived_and_no_amount_is_negative(text: str) -> None:
    amount = find_entities(text).amount

    assert amount is None or amount.minor >= 0


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2))
def test_every_amount_comes_back_exactly(amount: Decimal) -> None:
    assert find_entities(f"please refund ${amount} today").amount == Money.of(amount)
