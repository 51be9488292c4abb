from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.pace import TERMS, free_again
from agent.timestamps import after_s, from_text

NOON = "2026-11-21T12:00:00.000Z"


def starts(per_minute: int, gaps: list[float]) -> list[float]:
    """When requests start that ask for it after these gaps, each again until it may."""
    now, free_at, started = NOON, None, []
    for gap in gaps:
        now = after_s(now, gap)
        may, then = free_again(free_at, now, per_minute=per_minute, requests=1)
        if may:
            free_at = then
            started.append(from_text(now).timestamp())
    return started


def most_in_a_minute(times: list[float]) -> int:
    return max((sum(begin <= at < begin + 60 for at in times) for begin in times), default=0)


@pytest.mark.parametrize("per_minute", [1, 2, 5, 60, 200, 400, 700, 2500])
def test_no_minute_has_more_requests_than_the_plan_allows(per_minute: int) -> None:
    times = starts(per_minute, [0.02] * 9000)

    assert per_minute * 0.4 <= most_in_a_minute(times) <= per_minute


@given(st.lists(st.floats(0, 20), max_size=300), st.sampled_from([5, 60, 200]))
def test_pauses_and_rushes_do_not_change_that(gaps: list[float], per_minute: int) -> None:
    assert most_in_a_minute(starts(per_minute, gaps)) <= per_minute


def test_a_few_requests_need_not_wait_for_each_other() -> None:
    assert len(starts(200, [0.0] * 50)) == 10


def test_a_ticket_is_tried_three_times_in_ninety_seconds() -> None:
    terms, timeout_s = TERMS["ticket"], 10.0

    waits = [terms.wait_s(attempts, 1.0) for attempts in range(1, 4)]

    assert terms.attempts == 3
    assert waits == [20.0, 40.0, None]
    assert sum(wait for wait in waits if wait) + 3 * timeout_s <= terms.window_s


def test_webhooks_are_tried_for_a_day_ever_more_rarely() -> None:
    terms = TERMS["webhook"]

    longest = [terms.wait_s(attempts, 1.0) or 0.0 for attempts in range(1, terms.attempts)]
    shortest = [terms.wait_s(attempts, 0.0) or 0.0 for attempts in range(1, terms.attempts)]

    assert all(before <= after for before, after in pairwise(longest))
    assert sum(longest) > terms.window_s == 86400
    assert [2 * wait for wait in shortest] == longest
