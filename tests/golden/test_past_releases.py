"""Threads that were paused by past releases are resumed by this one."""

import sqlite3
from pathlib import Path

import pytest

from agent.model import Decision, QueueFilter
from tests.golden.make import GOLDEN, open_golden_desk
from tests.stand_ins import OTHER_REVIEWER, REVIEWER

RELEASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir() and path.name[0].isdigit())


PENDING = QueueFilter(statuses=("pending",))


def restore(release: str, home: Path) -> None:
    home.mkdir()
    for dump in (GOLDEN / release).glob("*.sql"):
        connection = sqlite3.connect(home / f"{dump.stem}.sqlite")
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_refund_paused_by_a_past_release_is_paid_by_this_one(release: str, tmp_path: Path) -> None:
    restore(release, tmp_path / "home")
    desk = open_golden_desk(tmp_path / "home")
    (row,) = [row for row in desk.queue(PENDING) if row.kind == "refund"]

    result = desk.decide(row.review_id, Decision(action="approve"), REVIEWER)

    assert (result.status, result.action_result) == ("DONE", "Refund issued: $240.00")
    assert desk.payments_made() == 1
    assert desk.verify_audit().ok
    desk.close()


@pytest.mark.parametrize("release", RELEASES)
def test_an_escalation_paused_by_a_past_release_is_answered_by_this_one(release: str, tmp_path: Path) -> None:
    restore(release, tmp_path / "home")
    desk = open_golden_desk(tmp_path / "home")
    (row,) = [row for row in desk.queue() if row.kind == "escalation"]

    result = desk.decide(row.review_id, Decision(action="respond", reply="I am here."), REVIEWER)

    assert (result.status, result.reply) == ("DONE", "I am here.")
    assert [check.detail for check in desk.checks() if check.name == "tables" and not check.ok] == []
    desk.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_thread_of_a_past_release_goes_on_with_the_next_message(release: str, tmp_path: Path) -> None:
    restore(release, tmp_path / "home")
    desk = open_golden_desk(tmp_path / "home")
    (row,) = [row for row in desk.queue(PENDING) if row.kind == "refund"]
    desk.decide(row.review_id, Decision(action="deny", reason="outside_window"), REVIEWER)

    answered = desk.chat("how long does delivery take?", thread_id=row.thread_id)

    assert (answered.route, answered.status) == ("faq", "DONE")
    desk.close()


@pytest.mark.parametrize("release", [release for release in RELEASES if release != "0.1.0"])
def test_a_yes_that_a_past_release_asked_for_counts_in_this_one(release: str, tmp_path: Path) -> None:
    restore(release, tmp_path / "home")
    desk = open_golden_desk(tmp_path / "home")
    (thread,) = [thread for thread in desk.threads() if thread.status == "AWAITING_CUSTOMER"]

    done = desk.chat("yes", thread_id=thread.thread_id)

    assert "LF-10377 is cancelled" in done.reply
    order = desk.order("LF-10377")
    assert order is not None
    assert order.status == "cancelled"
    desk.close()


@pytest.mark.parametrize("release", [release for release in RELEASES if release not in {"0.1.0", "0.2.0"}])
def test_a_large_refund_half_approved_in_a_past_release_is_confirmed_in_this_one(release: str, tmp_path: Path) -> None:
    restore(release, tmp_path / "home")
    desk = open_golden_desk(tmp_path / "home")
    (row,) = desk.queue(QueueFilter(statuses=("awaiting_second",)))

    confirmed = desk.decide(row.review_id, Decision(action="approve"), OTHER_REVIEWER)

    assert (confirmed.status, confirmed.action_result) == ("DONE", "Refund issued: $1,250.00")
    assert desk.payments_made() == 1
    desk.close()


def test_there_is_a_golden_release() -> None:
    assert RELEASES
