import random
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from agent import Decision
from agent.desk import Desk
from tests.faults.processes import CONTEXT, PATIENCE_S, kill, running
from tests.faults.records import damaged_files, money, query, read_lines
from tests.faults.workload import work
from tests.stand_ins import REVIEWER, open_test_desk

KILLS = [25, pytest.param(200, marks=pytest.mark.long)]
SETTLE_S = 120.0
SEED = 20261101


@pytest.mark.parametrize("kills", KILLS)
def test_killed_again_and_again_under_load_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path, kills: int) -> None:
    home, acknowledged = tmp_path / "home", tmp_path / "acknowledged"
    acknowledged.touch()
    open_test_desk(home).close()

    work_and_kill(home, acknowledged, kills)
    desk = open_test_desk(home)
    desk.start()
    settle(desk)
    in_between = turns(home)
    decide_the_rest(desk)

    notes = read_lines(acknowledged)
    messages = {note["message"]: note for note in notes if "message" in note}
    assert len(messages) > kills
    assert_every_message_is_answered_once(in_between, messages)
    assert_every_message_is_answered_once(turns(home), messages)
    assert {turn["status"] for turn in turns(home).values()} == {"done"}
    assert_decisions_stand(home, [note for note in notes if "review" in note])
    assert money(home).agrees()
    assert len(money(home).paid) > 0
    assert damaged_files(home) == []
    assert desk.verify_audit().ok
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def work_and_kill(home: Path, acknowledged: Path, kills: int) -> None:
    """One after the other is killed at a random moment; the next one starts beside it and takes over.

    Most are killed 5 to 150 ms after they got through a first turn, every fourth while it still opens the desk.
    """
    chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
    with ExitStack() as stack:
        working = CONTEXT.Event()
        living = stack.enter_context(running(work, home, acknowledged, 0, working))
        for number in range(1, kills + 1):
            if number % 4:
                assert working.wait(PATIENCE_S)
            working = CONTEXT.Event()
            replacement = stack.enter_context(running(work, home, acknowledged, number, working))
            time.sleep(chance.uniform(0.005, 0.150))
            kill(living)
            assert living.exitcode == -9
            living = replacement


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
