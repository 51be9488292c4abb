from pathlib import Path

from agent.desk import Desk
from agent.model import Decision, Money, QueueFilter
from tests.stand_ins import REVIEWER, open_test_desk


def fill(desk: Desk) -> None:
    desk.chat("refund of $240 for order LF-10482", customer_id="C-1001")
    desk.chat("refund of $12", customer_id="guest")
    desk.chat("I am furious", customer_id="C-1005")


def test_what_is_due_first_comes_first(desk: Desk) -> None:
    fill(desk)

    assert [row.priority for row in desk.queue()] == ["urgent", "normal", "normal"]


def test_filters_narrow_the_queue(desk: Desk) -> None:
    fill(desk)

    assert [row.kind for row in desk.queue(QueueFilter(kinds=("escalation",)))] == ["escalation"]
    assert [row.amount for row in desk.queue(QueueFilter(min_minor=5000))] == [Money(minor=24000)]
    assert [row.amount for row in desk.queue(QueueFilter(max_minor=5000))] == [Money(minor=1200)]
    assert len(desk.queue(QueueFilter(search="10482"))) == 1
    assert len(desk.queue(QueueFilter(priorities=("urgent",)))) == 1
    assert desk.queue(QueueFilter(search="100%_")) == []


def test_pages_do_not_overlap(desk: Desk) -> None:
    fill(desk)

    ids = [desk.queue(limit=1, offset=place)[0].review_id for place in range(3)]

    assert len(set(ids)) == 3


def test_counts_are_over_what_waits(desk: Desk) -> None:
    fill(desk)
    before = desk.queue_counts()

    desk.decide(desk.queue(QueueFilter(search="10482"))[0].review_id, Decision(action="approve"), REVIEWER)
    after = desk.queue_counts()

    assert (before.pending, before.amount) == (3, Money(minor=25200))
    assert (after.pending, after.amount) == (2, Money(minor=1200))


def test_a_decision_of_one_desk_is_seen_by_another(tmp_path: Path) -> None:
    first, second = open_test_desk(tmp_path), open_test_desk(tmp_path)
    paused = first.chat("refund of $240 for order LF-10482", customer_id="C-1001")
    assert paused.review_id is not None

    second.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    assert first.thread(paused.thread_id).thread.status == "DONE"
    first.close()
    second.close()
