"""Shares and rates with their intervals, and reasons where nobody can know."""

import numpy as np
import pytest

from agent.insights.estimates import hourly, pooled, share


def test_the_interval_of_the_load_draws_whole_days() -> None:
    busy_by_day = np.tile(np.repeat([0, 10], 12), 20)

    mean, _tail = hourly(busy_by_day)

    assert (mean.value, mean.low, mean.high) == (5.0, 5.0, 5.0), "every day is like the others"


def test_what_was_looked_at_counts_as_it_is_and_the_rest_by_its_share() -> None:
    half = pooled([(20, 10, 5)], "")
    whole = pooled([(20, 20, 10)], "")

    assert half.value == whole.value == 0.5
    assert (whole.low, whole.high) == (0.5, 0.5)
    assert half.low == pytest.approx((5 + 10 * (share(5, 10, "").low or 0)) / 20)


def test_shares_have_wilsons_interval() -> None:
    found = share(0, 20, "")

    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.1611, abs=1e-4)


def test_a_group_that_nobody_looked_at_makes_the_whole_unknown() -> None:
    assert pooled([(10, 10, 1), (5, 0, 0)], "unknown: nobody looked").why == "unknown: nobody looked"
    assert pooled([(10, 10, 1), (0, 0, 0)], "").value == 0.1
