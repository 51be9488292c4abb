from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent import ConflictError, Decision
from agent.bootstrap import World
from agent.desk import Desk
from agent.protocols.recover import expire_reviews
from agent.protocols.run import run_thread
from tests.faults.records import money
from tests.stand_ins import REVIEWER, HandClock, open_test_desk

HOUR = timedelta(hours=1)
APPROVE = Decision(action="approve")


@pytest.fixture
def clock() -> HandClock:
    """The machine's clock."""
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A desk that goes by it."""
    opened = open_test_desk(tmp_path / "home", World(clock=clock))
    yield opened
    opened.close()


def test_messages_are_answered_and_decisions_carried_out_once_on_a_clock_set_back(desk: Desk, clock: HandClock) -> None:
    paused = desk.chat("refund of $7 please")
    desk.chat("how long is delivery?", thread_id=paused.thread_id)

    clock.advance(-HOUR)
    decided = desk.decide(str(paused.review_id), APPROVE, REVIEWER)
    answered = desk.chat("what does delivery cost?", thread_id=paused.thread_id)

    assert decided.action_result == "Refund issued: $7.00"
    assert answered.status == "DONE"
    assert [turn.status for turn in desk.thread(paused.thread_id).turns] == ["done"] * 3
    assert money(desk.home).agrees()
    assert [check for check in desk.checks() if not check.ok] == []


def test_a_decision_that_can_be_undone_waits_until_the_clock_is_right_again(desk: Desk, clock: HandClock) -> None:
    review_id = str(desk.chat("refund of $7 please").review_id)
    desk.decide(review_id, APPROVE, REVIEWER, held=True)

    clock.advance(-HOUR)
    desk.finish(desk.review(review_id).thread_id)
    paid_while_set_back = money(desk.home).paid
    clock.advance(HOUR + timedelta(seconds=11))
    work(desk, desk.review(review_id).thread_id)

    assert paid_while_set_back == []
    assert money(desk.home).paid == [review_id]
    assert money(desk.home).agrees()


@pytest.mark.parametrize(("undone", "paid"), [(True, 0), (False, 1)])
def test_a_decision_that_waits_can_be_called_back_or_carried_out_by_hand_meanwhile(
    desk: Desk,
    clock: HandClock,
    undone: bool,  # noqa: FBT001  a parameter of the test
    paid: int,
) -> None:
    review_id = str(desk.chat("refund of $7 please").review_id)
    desk.decide(review_id, APPROVE, REVIEWER, held=True)
    clock.advance(-HOUR)

    if undone:
        desk.workbench.call_back(review_id, REVIEWER)
    else:
        desk.workbench.carry_out_now(review_id, REVIEWER)
    work(desk, desk.review(review_id).thread_id)

    assert desk.review(review_id).status == ("pending" if undone else "applied")
    assert len(money(desk.home).paid) == paid


def test_an_expired_review_does_not_come_back_to_life(desk: Desk, clock: HandClock) -> None:
    paused = desk.chat("refund of $7 please")
    review_id = str(paused.review_id)
    clock.advance(timedelta(days=365))
    expire_reviews(desk._office)  # noqa: SLF001  as the workers do
    work(desk, paused.thread_id)

    clock.advance(-timedelta(days=365))
    with pytest.raises(ConflictError, match="already decided by desk"):
        desk.decide(review_id, APPROVE, REVIEWER)

    assert desk.thread(paused.thread_id).thread.status == "EXPIRED"
    assert money(desk.home).paid == []


def work(desk: Desk, thread_id: str) -> None:
    """As a background worker that comes by."""
    run_thread(desk._office, thread_id)  # noqa: SLF001  as the workers do
