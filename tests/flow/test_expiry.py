"""A review that nobody decides fails closed, visibly."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import ConflictError
from agent.model import Decision
from agent.protocols.recover import expire_reviews
from agent.protocols.run import run_thread
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, HandClock, open_test_office, settings_for


@pytest.mark.parametrize("text", [REFUND_MESSAGE, "a human please"])
def test_an_expired_review_pays_nothing_tells_the_customer_and_leaves_a_ticket(tmp_path: Path, text: str) -> None:
    clock = HandClock()
    office = open_test_office(tmp_path, World(clock=clock))
    desk = Desk(office, settings_for(tmp_path))
    paused = desk.chat(text, customer_id="C-1001")
    clock.advance(timedelta(hours=72, seconds=1))

    expired = expire_reviews(office)
    run_thread(office, paused.thread_id)

    assert paused.review_id is not None
    assert (expired, desk.review(paused.review_id).decided_action) == (1, "expire")
    assert desk.thread(paused.thread_id).thread.status == "EXPIRED"
    assert "T-" in desk.thread(paused.thread_id).transcript[-1].text
    assert desk.payments_made() == 0
    desk.close()


def test_an_expired_review_cannot_be_approved_any_more(tmp_path: Path) -> None:
    clock = HandClock()
    desk = Desk(open_test_office(tmp_path, World(clock=clock)), settings_for(tmp_path))
    paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    assert paused.review_id is not None
    clock.advance(timedelta(hours=72, seconds=1))

    with pytest.raises(ConflictError, match="expired"):
        desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    assert desk.payments_made() == 0
    desk.close()
