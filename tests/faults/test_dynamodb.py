"""Tables in files, checkpoints in DynamoDB: a process may die between writing one and the other."""

import os
import time
from pathlib import Path
from signal import SIGKILL

import pytest

from agent import Decision
from tests.dynamodb import ENDPOINT
from tests.faults.endings import Moment, refund_and_end
from tests.faults.processes import PATIENCE_S, exit_code_of, running
from tests.faults.records import money
from tests.stand_ins import REVIEWER, open_test_desk

pytestmark = pytest.mark.sqlite_only

MOMENTS: tuple[Moment, ...] = ("the pause is saved, its review is not", "all steps are saved, the turn is not closed")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_refund_is_paid_exactly_once_although_its_process_died_between_two_stores_when(
    tmp_path: Path, dynamodb_server: str, monkeypatch: pytest.MonkeyPatch, moment: Moment
) -> None:
    monkeypatch.setenv(ENDPOINT, dynamodb_server)
    home = tmp_path / "home"
    open_test_desk(home).close()

    with running(refund_and_end_there, dynamodb_server, home, moment) as killed:
        exit_code = exit_code_of(killed)
    desk = open_test_desk(home)
    desk.start()
    deadline = time.monotonic() + PATIENCE_S
    while [review.status for review in desk.queue()] != ["applied"]:
        assert time.monotonic() < deadline, "nobody took over"
        for review in desk.queue():
            if review.status == "pending":
                desk.decide(review.review_id, Decision(action="approve"), REVIEWER)
        if not desk.queue() and desk.payments_made():
            break
        time.sleep(0.05)

    assert exit_code == -9
    assert not (home / "checkpoints.sqlite").exists()
    assert desk.payments_made() == 1
    assert money(home).agrees()
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def refund_and_end_there(endpoint: str, home: Path, moment: Moment) -> None:
    """As elsewhere, with the checkpoints in DynamoDB."""
    os.environ[ENDPOINT] = endpoint  # noqa: TID251  what the parent was told after this one's forkserver had started
    refund_and_end(home, moment, SIGKILL)
