import pytest

from agent.forecast import ENOUGH, HOUR_S, clear_in_s


@pytest.mark.parametrize(("decided", "opened"), [(0, 0), (0, 100), (ENOUGH, 0), (100, 1)])
def test_an_empty_queue_is_clear_now(decided: int, opened: int) -> None:
    assert clear_in_s(0, decided, opened, 2.0) == 0


@pytest.mark.parametrize(("decided", "expected"), [(0, None), (ENOUGH - 1, None), (ENOUGH, 2400), (ENOUGH + 1, 1800)])
def test_too_few_decisions_tell_nothing(decided: int, expected: int | None) -> None:
    assert clear_in_s(1, decided, 0, 2.0) == expected


@pytest.mark.parametrize(("opened", "expected"), [(9, 72_000), (10, None), (11, None)])
def test_a_queue_that_does_not_get_shorter_is_never_clear(opened: int, expected: int | None) -> None:
    assert clear_in_s(10, 10, opened, 2.0) == expected


def test_the_time_is_in_seconds_at_the_pace_of_the_last_hours() -> None:
    assert clear_in_s(12, 8, 2, 2.0) == 4 * HOUR_S
    assert clear_in_s(12, 8, 2, 1.0) == 2 * HOUR_S


def test_the_time_is_rounded_to_whole_seconds() -> None:
    assert clear_in_s(1, 7, 0, 1.0) == 514


@pytest.mark.parametrize("waiting", [1, 2, 10, 1_000_000])
def test_twice_as_many_take_twice_as_long(waiting: int) -> None:
    once, twice = clear_in_s(waiting, 4, 0, 1.0), clear_in_s(2 * waiting, 4, 0, 1.0)

    assert once is not None
    assert twice == 2 * once
