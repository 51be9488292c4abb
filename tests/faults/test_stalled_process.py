import os
import time
from collections import deque
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest

from agent import Decision
from agent.backoffice import configuration
from agent.bootstrap import checkpoints_of
from agent.desk import Desk
from agent.errors import LeaseLostError
from agent.protocols.recover import reconcile
from agent.state import TurnInput
from agent.store.checkpoint_place import open_checkpoints
from tests.faults.endings import MESSAGE_ID, Moment, refund_and_end
from tests.faults.processes import PATIENCE_S, exit_code_of, running
from tests.faults.records import damaged_files, money, query
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk, open_test_office, settings_for

LEASE = timedelta(seconds=1)

MOMENTS: tuple[Moment, ...] = (
    "the turn has begun",
    "the gate is passed",
    "the ledger entry is written, nothing is paid",
    "the refund is paid, its reference is not stored",
    "all steps are saved, the turn is not closed",
)


WOKEN_UP: dict[Moment, int] = {"the turn has begun": 1}
"""Exit codes: it goes on to approve the refund, which by then somebody else has done."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_that_wakes_up_after_its_lease_changes_nothing_any_more_stopped_when(
    tmp_path: Path, moment: Moment
) -> None:
    home = tmp_path / "home"
    open_test_desk(home).close()
    desk = Desk(replace(open_test_office(home), lease=LEASE), settings_for(home))

    with running(refund_and_end, home, moment, SIGSTOP, LEASE) as stalled:
        wait_until_stopped(stalled.pid)
        thread_id = take_over_the_refund(desk)
        next_pause = desk.chat("refund of $9 please", thread_id=thread_id, customer_id="C-1001")
        before = everything(home)
        os.kill(stalled.pid or 0, SIGCONT)
        exit_code = exit_code_of(stalled)

    assert exit_code == WOKEN_UP.get(moment, 0)
    assert everything(home) == before
    desk.decide(str(next_pause.review_id), Decision(action="approve"), REVIEWER)
    assert len(money(home).paid) == 2
    assert money(home).agrees()
    assert damaged_files(home) == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def test_a_run_that_was_overtaken_cannot_put_its_old_state_on_top(desk: Desk) -> None:
    slow = open_test_office(desk.home)
    receipt = desk.receive("refund of $7 please")
    start: TurnInput = {
        "thread_id": receipt.thread_id,
        "customer_id": "guest",
        "turn_id": receipt.turn_id,
        "text": "refund of $7 please",
        "received_at": slow.now(),
    }

    steps = slow.graph.stream(
        start,
        configuration(receipt.thread_id),
        context=slow.services,
        stream_mode="tasks",
        durability="exit",
    )
    while next(steps)["name"] != "human_gate":
        pass
    paused = desk.chat("refund of $7 please", message_id=receipt.message_id)
    with pytest.raises(LeaseLostError, match="moved on by another process"):
        deque(steps)

    assert desk.review(str(paused.review_id)).status == "pending"
    assert reconcile(slow) == []
    decided = desk.decide(str(paused.review_id), Decision(action="approve"), REVIEWER)
    assert decided.action_result == "Refund issued: $7.00"
    assert len(money(desk.home).paid) == 1
    slow.close()


def take_over_the_refund(desk: Desk) -> str:
    """Send the message again, approve unless that is done, and wait until the refund is paid; the thread's id."""
    resent = desk.chat(REFUND_MESSAGE, customer_id="C-1001", message_id=MESSAGE_ID)
    review_id = str(resent.review_id)
    if desk.review(review_id).status == "pending":
        desk.decide(review_id, Decision(action="approve"), REVIEWER)
    desk.start()
    deadline = time.monotonic() + PATIENCE_S
    while desk.review(review_id).status != "applied":
        assert time.monotonic() < deadline, "nobody took over from the stopped process"
        time.sleep(0.02)
    return resent.thread_id


def everything(home: Path) -> list[object]:
    """What must not change any more."""
    desk = home / "desk.sqlite"
    return [
        query(desk, "SELECT turn_id, status, record, review_id FROM inbox ORDER BY seq"),
        query(desk, "SELECT reply_id, text FROM replies ORDER BY seq"),
        query(desk, "SELECT review_id, status FROM reviews ORDER BY seq"),
        query(desk, "SELECT type, turn_id FROM events WHERE type NOT LIKE 'NODE_%' ORDER BY seq"),
        query(desk, "SELECT key, reference FROM ledger"),
        query(home / "payments.sqlite", "SELECT key, number FROM payouts"),
        latest_checkpoints(home),
    ]


def latest_checkpoints(home: Path) -> list[object]:
    """Wherever they are kept."""
    with closing(open_checkpoints(checkpoints_of(settings_for(home)))) as checkpoints:
        found = [checkpoints.get_tuple(configuration(thread_id)) for thread_id in sorted(checkpoints.thread_ids())]
    return [one.config for one in found if one is not None]


def wait_until_stopped(pid: int | None) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < deadline, "the process did not stop"
        time.sleep(0.02)
