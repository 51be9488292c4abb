"""Decisions to be tried on a refund or an escalation, and everything that may not change meanwhile."""

from pathlib import Path
from typing import Any

from agent.desk import Desk
from agent.model import ChatResult, Decision, Money
from tests.faults.records import everything_kept, query
from tests.stand_ins import REFUND_MESSAGE

MAYA = "C-1001"
APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="outside_window")
EDIT = Decision(action="edit", amount=Money(minor=10050), reply="Half of it, as agreed.")
RESPOND = Decision(action="respond", reply="Could you send a photo?")
TAKE_OVER = Decision(action="take-over")


def ask(desk: Desk, text: str = REFUND_MESSAGE, customer: str = MAYA) -> tuple[ChatResult, str]:
    """What the customer was told, and the review that it waits for."""
    paused = desk.chat(text, customer_id=customer)
    assert paused.review_id is not None
    return paused, paused.review_id


def everything(home: Path, desk: Desk, thread_id: str) -> list[Any]:
    """All that can be read of a desk: every row of every file, and the thread as pages see it."""
    return [
        everything_kept(home),
        desk.thread(thread_id),
        desk.events(thread_id),
        desk.payments_made(),
        desk.verify_audit(),
    ]


def payouts(home: Path) -> int:
    """How many payments the book holds."""
    return int(query(home / "payments.sqlite", "SELECT count(*) FROM payouts")[0][0])
