import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import Decision, StorageError
from agent.desk import Desk
from tests.faults.cramped import write_until_refused, write_with_files_that_may_not_grow
from tests.faults.processes import exit_code_of, running
from tests.faults.records import damaged_files, money, query, read_lines
from tests.stand_ins import REVIEWER, open_test_desk

LEFT_FREE = 100_000

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or umount is None:
        pytest.skip("only root can mount a small file system")
    place = tmp_path / "disk"
    place.mkdir()
    command = [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run([umount, "-l", str(place)], check=True)


def take_all_space_but(disk: Path, left_free: int) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - left_free)
    return ballast


def test_a_full_disk_acknowledges_nothing_that_it_cannot_keep_and_all_goes_on_later(small_disk: Path) -> None:
    desk = open_test_desk(small_disk / "home")
    pending = desk.chat("refund of $7 please")
    ballast = take_all_space_but(small_disk, LEFT_FREE)

    acknowledged, said = write_until_refused(desk)
    with pytest.raises(StorageError, match=r"desk\.sqlite: .*is full\. .*not stored; free some disk space"):
        decide_until_refused(desk, str(pending.review_id))
    ballast.unlink()
    decided = desk.decide(str(pending.review_id), Decision(action="approve"), REVIEWER)
    answers = [desk.chat("how long is delivery? " * 20, message_id=message_id) for message_id in acknowledged]

    assert len(acknowledged) > 0
    assert "desk.sqlite" in said
    assert "free some disk space" in said
    assert decided.action_result == "Refund issued: $7.00"
    assert {answer.status for answer in answers} == {"DONE"}
    assert query(desk.home / "desk.sqlite", "SELECT DISTINCT status FROM inbox") == [("done",)]
    assert query(desk.home / "desk.sqlite", "SELECT count(*) FROM inbox") == [(len(acknowledged) + 1,)]
    assert money(desk.home).agrees()
    assert damaged_files(desk.home) == []
    desk.close()


def decide_until_refused(desk: Desk, review_id: str) -> None:
    """Small writes may still fit after a larger one did not; at last nothing does."""
    for _attempt in range(100):
        desk.receive("how long is delivery? " * 20)
    desk.decide(review_id, Decision(action="approve"), REVIEWER)


def test_a_file_that_may_not_grow_is_named_and_all_goes_on_later(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "log"

    with running(write_with_files_that_may_not_grow, home, log) as child:
        exit_code = exit_code_of(child)

    [seen] = read_lines(log)
    stored = {row[0] for row in query(home / "desk.sqlite", "SELECT message_id FROM inbox")}
    assert exit_code == 0
    assert stored == {*seen["acknowledged"], "before", "after"}
    assert len(seen["acknowledged"]) > 0
    assert "desk.sqlite" in seen["said"]
    assert "not stored; check the disk and the limits on file sizes" in seen["said"]
    assert seen["after"] == "DONE"
    assert damaged_files(home) == []
