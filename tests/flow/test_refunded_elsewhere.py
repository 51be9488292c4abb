"""A refund waits for days; meanwhile the shop gives money back in some other way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent import Decision
from agent.desk import Desk
from tests.stand_ins import REFUND_MESSAGE, REVIEWER

pytestmark = pytest.mark.sqlite_only


def give_back_elsewhere(home: Path, minor: int) -> None:
    with closing(sqlite3.connect(home / "shop.sqlite")) as shop, shop:
        shop.execute(
            "INSERT INTO order_refunds VALUES ('LF-10482', 99, ?, '2026-11-21T07:30:00.000000Z', 'by phone')", (minor,)
        )


def test_what_the_shop_gave_back_while_a_refund_waited_is_not_paid_again(desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    give_back_elsewhere(desk.home, 24_000)

    result = desk.decide(str(paused.review_id), Decision(action="approve"), REVIEWER)

    assert result.action_result.startswith("Refund not paid: $240.00 was not paid: only $0.00")
    assert desk.payments_made() == 0
    assert desk.thread(paused.thread_id).turns[-1].record["ticket"] in result.reply


def test_what_is_still_left_of_the_order_is_paid(desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE.replace("$240", "$100"), customer_id="C-1001")
    give_back_elsewhere(desk.home, 10_000)

    result = desk.decide(str(paused.review_id), Decision(action="approve"), REVIEWER)

    assert result.action_result == "Refund issued: $100.00"
