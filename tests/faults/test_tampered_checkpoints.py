"""Rows of checkpoints that somebody else wrote: nothing of them is run, and only their own thread is concerned."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from agent import Decision
from agent.backoffice import Backoffice
from agent.bootstrap import open_backoffice
from agent.desk import Desk
from agent.errors import DamagedCheckpointError
from agent.protocols.recover import reconcile
from agent.store import inbox
from tests.faults.payloads import payloads
from tests.faults.processes import PATIENCE_S
from tests.faults.rows import Rows, rows_of
from tests.kinds import KINDS, settings_on
from tests.stand_ins import MIND, REFUND_MESSAGE, REVIEWER

READ_ERROR = r"checkpoint of thread .* cannot be read .*Nothing of it was run and nothing was paid\. Restore it"


class Case(NamedTuple):
    """A desk with two paused refunds, the rows of its checkpoints, and a file that must never appear."""

    office: Backoffice
    desk: Desk
    rows: Rows
    thread_id: str
    review_id: str
    other: str
    canary: Path


@pytest.fixture(params=KINDS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    settings = settings_on(request.param, tmp_path / "home", request)
    office = open_backoffice(settings, MIND)
    desk = Desk(office, settings)
    one = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    other = desk.chat("refund of $9 please")
    yield Case(office, desk, rows_of(settings), one.thread_id, str(one.review_id), other.thread_id, tmp_path / "canary")
    desk.close()


def test_a_hundred_payloads_in_place_of_a_state_run_nothing_and_are_refused(case: Case) -> None:
    before = case.rows.read(case.thread_id)
    tried = payloads(case.canary, unpacked(before[1]))
    ran, believed = [], []

    for payload in tried:
        case.rows.write(case.thread_id, (payload.type, payload.content))
        if read(case) and not payload.sound:
            believed.append(payload.name)
        if case.canary.exists():
            ran.append(payload.name)
            case.canary.unlink()

    assert len(tried) >= 100
    assert ran == []
    assert believed == []
    case.rows.write(case.thread_id, before)
    assert_all_goes_on(case)


def test_a_hundred_payloads_in_place_of_a_pause_run_nothing_and_are_refused(case: Case) -> None:
    before = case.rows.read_pause(case.thread_id)
    ran, believed = [], []

    for payload in payloads(case.canary, unpacked(before[1])):
        case.rows.write_pause(case.thread_id, (payload.type, payload.content))
        if read(case) and not payload.sound:
            believed.append(payload.name)
        if case.canary.exists():
            ran.append(payload.name)
            case.canary.unlink()

    assert ran == []
    assert believed == []
    case.rows.write_pause(case.thread_id, before)
    assert_all_goes_on(case)


def test_another_threads_state_is_refused(case: Case) -> None:
    case.rows.swap(case.thread_id, case.other)

    with pytest.raises(DamagedCheckpointError, match=r"cannot be read .*(another thread|another checkpoint)"):
        case.office.snapshot(case.thread_id)


def test_a_decision_on_a_tampered_thread_pays_nothing_and_says_so_while_others_are_decided(case: Case) -> None:
    before = case.rows.read(case.thread_id)
    case.rows.write(case.thread_id, ("pickle", b"cposix\nsystem\n(S'touch x'\ntR."))

    with pytest.raises(DamagedCheckpointError, match=READ_ERROR):
        case.desk.decide(case.review_id, Decision(action="approve"), REVIEWER)
    paid_meanwhile = case.desk.payments_made()
    [other] = [review for review in case.desk.queue() if review.thread_id == case.other]
    decided = case.desk.decide(other.review_id, Decision(action="approve"), REVIEWER)

    assert (paid_meanwhile, decided.action_result) == (0, "Refund issued: $9.00")
    assert reconcile(case.office) == []
    case.rows.write(case.thread_id, before)
    case.desk.start()
    deadline = time.monotonic() + PATIENCE_S
    while case.desk.review(case.review_id).status != "applied":
        assert time.monotonic() < deadline, "the decision was not carried out once the row was mended"
        time.sleep(0.02)
    assert case.desk.payments_made() == 2


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_a_message_to_a_tampered_thread_becomes_a_ticket_and_others_are_answered(case: Case) -> None:
    done = case.desk.chat("how long does delivery take?")
    case.rows.write(done.thread_id, ("msgpack", b"\x2a"))

    told = case.desk.chat("how long does delivery take?", thread_id=done.thread_id)
    other = case.desk.chat("how long does delivery take?")

    with case.office.database.read() as connection:
        row = inbox.find_turn(connection, told.turn_id)
    assert row is not None
    assert "cannot be read" in str(row["error"])
    assert "passed on" in told.reply or "ticket" in told.reply.lower()
    assert (other.status, other.reply) == ("DONE", done.reply)


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_a_tampered_pause_without_a_review_keeps_recovery_from_nothing_else(case: Case) -> None:
    case.rows.write(case.thread_id, ("msgpack", b"\x2a"))
    case.rows.write(case.other, ("msgpack", b"\x2a"))
    with case.office.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM reviews")

    problems = reconcile(case.office)

    assert len(problems) == 2
    assert all("cannot be read" in problem for problem in problems)


def read(case: Case) -> bool:
    """Whether the thread can be read; an error has to be the clear one, and concerns this thread only."""
    try:
        case.office.snapshot(case.thread_id)
    except DamagedCheckpointError as error:
        return case.thread_id not in str(error)
    return True


def unpacked(content: bytes) -> bytes:
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def assert_all_goes_on(case: Case) -> None:
    assert case.office.snapshot(case.other).values["text"] == "refund of $9 please"
    decided = case.desk.decide(case.review_id, Decision(action="approve"), REVIEWER)
    assert decided.action_result == "Refund issued: $240.00"
    assert case.desk.payments_made() == 1
