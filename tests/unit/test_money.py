from decimal import Decimal

import pytest

from agent.model import Money


def test_money_reads_as_people_write_it() -> None:
    assert [str(Money(minor=4250)), str(Money(minor=125000, currency="EUR")), str(Money(minor=5, currency="CHF"))] == [
        "$42.50",
        "€1,250.00",
        "0.05 CHF",
    ]


def test_two_decimals_are_kept_and_a_third_is_refused() -> None:
    assert Money.of(Decimal("42.50")).minor == 4250
    with pytest.raises(ValueError, match="two decimals"):
        Money.of(Decimal("42.505"))
