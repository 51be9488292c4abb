"""Let everything settle, and look whether each message and each decision came to its one end."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from agent import Decision
from agent.desk import Desk
from tests.faults.records import query
from tests.stand_ins import REVIEWER

SETTLE_S = 120.0


def settle(desk: Desk) -> None:
    deadline = time.monotonic() + SETTLE_S
    while query(desk.home / "desk.sqlite", UNSETTLED) != [(0,)]:
        assert time.monotonic() < deadline, "work is left that nobody takes up"
        time.sleep(0.1)


UNSETTLED = """
SELECT (SELECT count(*) FROM inbox WHERE status IN ('waiting', 'running'))
     + (SELECT count(*) FROM reviews WHERE status NOT IN ('pending', 'applied'))
"""


def decide_the_rest(desk: Desk) -> None:
    while pending := desk.queue(limit=1000):
        for review in pending:
            desk.decide(review.review_id, Decision(action="approve"), REVIEWER)
        settle(desk)


def turns(home: Path) -> dict[str, dict[str, Any]]:
    """Message id → its row and what was replied to it; fails if a message has two rows."""
    rows = query(home / "desk.sqlite", "SELECT message_id, thread_id, turn_id, text, status FROM inbox")
    replies = Counter(query(home / "desk.sqlite", "SELECT turn_id, reply_id FROM replies"))
    assert len(rows) == len({row[0] for row in rows})
    assert set(replies.values()) <= {1}
    return {
        message_id: {
            "thread": thread_id,
            "text": text,
            "status": status,
            "final": replies[turn_id, f"{turn_id}:final"],
            "holding": replies[turn_id, f"{turn_id}:holding"],
        }
        for message_id, thread_id, turn_id, text, status in rows
    }


def assert_every_message_is_answered_once(rows: dict[str, dict[str, Any]], messages: dict[str, dict[str, Any]]) -> None:
    expected = {"done": {(1, 0), (1, 1)}, "paused": {(0, 1)}, "held": {(0, 0)}}
    assert set(messages) <= set(rows)
    for message_id, row in rows.items():
        sent = messages.get(message_id, row)
        assert (row["thread"], row["text"]) == (sent["thread"], sent["text"])
        assert (row["final"], row["holding"]) in expected[row["status"]], row


def assert_decisions_stand(home: Path, notes: list[dict[str, Any]]) -> None:
    stored = dict(query(home / "desk.sqlite", "SELECT review_id, action FROM decisions"))
    assert [note for note in notes if stored[note["review"]] != note["action"]] == []
    assert query(home / "desk.sqlite", "SELECT DISTINCT status FROM reviews") == [("applied",)]
