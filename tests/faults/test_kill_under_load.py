import random
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.processes import CONTEXT, PATIENCE_S, kill, running
from tests.faults.records import damaged_files, money, read_lines
from tests.faults.settled import (
    assert_decisions_stand,
    assert_every_message_is_answered_once,
    decide_the_rest,
    settle,
    turns,
)
from tests.faults.workload import work
from tests.stand_ins import open_test_desk

KILLS = [25, pytest.param(200, marks=pytest.mark.long)]
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
