import time
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.figures import show
from tests.faults.books import contradictions
from tests.faults.records import damaged_files, money, query, read_lines
from tests.faults.replicas import Fleet, refunds_in, shares_of
from tests.faults.settled import assert_decisions_stand, assert_every_message_is_answered_once, settle, turns
from tests.stand_ins import open_test_desk

REPLICAS = 4
SEED = 20261123
IN_A_TURN, OPEN = 0.5, 0.4
"""Shares of the kills that hit a replica which holds a thread, or whose desk is open; the others may hit a start."""

ROUNDS = [
    pytest.param(60, 8, (0.1, 0.8), id="short"),
    pytest.param(3000, 160, (0.1, 2.5), id="long", marks=pytest.mark.exhaustive),
]
"""Messages, of which two thirds ask for refunds that are all approved; kills; seconds between two of them."""


@pytest.mark.parametrize(("messages", "kills", "apart_s"), ROUNDS)
def test_replicas_killed_again_and_again_finish_what_any_of_them_acknowledged(
    tmp_path: Path, messages: int, kills: int, apart_s: tuple[float, float]
) -> None:
    home, chance = tmp_path / "home", Random(SEED)  # noqa: S311  repeatable, not secret
    open_test_desk(home).close()
    shares = shares_of(home, REPLICAS, messages, lasts_s=kills * sum(apart_s) / 2)

    with Fleet(shares) as fleet:
        for _kill in range(kills):
            time.sleep(chance.uniform(*apart_s))
            fleet.kill_and_replace(whom_to_kill(fleet, chance))
        wait_until_all_are_paid(home, messages)
    desk = open_test_desk(home)
    desk.start()
    settle(desk)

    notes = [note for share in shares for note in read_lines(share.log)]
    acknowledged = {note["message"]: note for note in notes if "message" in note}
    assert len(acknowledged) == messages
    assert [note for note in notes if "refused" in note] == []
    assert_every_message_is_answered_once(turns(home), acknowledged)
    assert {turn["status"] for turn in turns(home).values()} == {"done"}
    assert_decisions_stand(home, [note for note in notes if "review" in note])
    assert contradictions(home) == []
    assert money(home).agrees()
    assert len(money(home).paid) == refunds_in(messages)
    assert turns_that_ran_side_by_side(home) == []
    assert damaged_files(home) == []
    assert desk.verify_audit().ok
    assert [check for check in desk.checks() if not check.ok] == []
    begun = query(home / "desk.sqlite", "SELECT attempts FROM inbox WHERE attempts > 1")
    assert len(begun) >= kills // 20
    show(
        f"{kills} kills of {REPLICAS} replicas under {refunds_in(messages)} approvals",
        f"{messages} messages answered once, {len(begun)} turns cut off and begun again by another, "
        f"one of them {max(begun, default=(0,))[0]} times",
    )
    desk.close()


def whom_to_kill(fleet: Fleet, chance: Random) -> int:
    """One that is in the middle of a turn or of a decision, one whose desk is open, or any."""
    kind, number = chance.random(), chance.randrange(REPLICAS)
    if kind < IN_A_TURN:
        holder = fleet.one_in_a_turn()
        return number if holder is None else holder
    if kind < IN_A_TURN + OPEN:
        fleet.wait_until_open(number)
    return number


def wait_until_all_are_paid(home: Path, messages: int) -> None:
    applied = "SELECT count(*) FROM reviews WHERE status = 'applied'"
    deadline = time.monotonic() + 90.0 + messages / 4
    while query(home / "desk.sqlite", applied) != [(refunds_in(messages),)]:
        assert time.monotonic() < deadline, "work is left that nobody takes up"
        time.sleep(0.1)


def turns_that_ran_side_by_side(home: Path) -> list[str]:
    """Turns whose steps are not all in one piece among the steps of their thread, by the sequence of events."""
    steps = query(
        home / "desk.sqlite", "SELECT thread_id, turn_id FROM events WHERE type LIKE 'NODE_%' ORDER BY thread_id, seq"
    )
    pieces: defaultdict[str, int] = defaultdict(int)
    for (_thread, turn_id), _steps in groupby(steps):
        pieces[turn_id] += 1
    return [turn_id for turn_id, count in pieces.items() if count > 1]
