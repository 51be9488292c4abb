"""Tables in files, checkpoints in DynamoDB: a process may die between writing one and the other."""

import os
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.dynamodb import ENDPOINT
from tests.faults.endings import Moment, refund_and_end
from tests.faults.processes import exit_code_of, running
from tests.faults.records import money
from tests.faults.test_crash_points import finish_the_refund
from tests.stand_ins import open_test_desk

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
    result = finish_the_refund(desk)

    assert exit_code == -9
    assert result == "Refund issued: $240.00"
    assert not (home / "checkpoints.sqlite").exists()
    assert desk.payments_made() == 1
    assert money(home).agrees()
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def refund_and_end_there(endpoint: str, home: Path, moment: Moment) -> None:
    """As elsewhere, with the checkpoints in DynamoDB."""
    os.environ[ENDPOINT] = endpoint  # noqa: TID251  what the parent was told after this one's forkserver had started
    refund_and_end(home, moment, SIGKILL)
