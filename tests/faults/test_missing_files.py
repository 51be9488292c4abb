"""Files that are deleted or moved away while the desk is running, and what may only be read."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import Decision, KeptError, StorageError
from agent.desk import Desk
from tests.faults.processes import PATIENCE_S
from tests.faults.records import FILES, damaged_files, money, query
from tests.stand_ins import REVIEWER, open_test_desk

pytestmark = pytest.mark.sqlite_only

APPROVE = Decision(action="approve")
GONE = r"{} was deleted, moved or replaced while it was in use\. Nothing was stored; move it back"


def move(home: Path, name: str, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for file in home.glob(f"{name}*"):
        file.rename(target / file.name)


@pytest.mark.parametrize("name", [name for name in FILES if name != "shop.sqlite"])
def test_nothing_is_paid_while_a_database_is_gone_and_all_goes_on_once_it_is_back(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    paused = desk.chat("refund of $7 please")
    move(desk.home, name, tmp_path / "elsewhere")

    with pytest.raises(StorageError, match=GONE.format(name)) as refusal:
        desk.decide(str(paused.review_id), APPROVE, REVIEWER)
    move(tmp_path / "elsewhere", name, desk.home)
    paid_meanwhile = money(desk.home).paid
    if not isinstance(refusal.value, KeptError):
        desk.decide(str(paused.review_id), APPROVE, REVIEWER)
    carry_out(desk, str(paused.review_id))

    assert paid_meanwhile == []
    assert desk.chat("how long is delivery?").status == "DONE"
    assert money(desk.home).paid == [paused.review_id]
    assert money(desk.home).agrees()
    assert damaged_files(desk.home) == []


def carry_out(desk: Desk, review_id: str) -> None:
    desk.start()
    deadline = time.monotonic() + PATIENCE_S
    while desk.review(review_id).status != "applied":
        assert time.monotonic() < deadline, "nobody carries it out"
        time.sleep(0.05)


def test_a_message_is_refused_rather_than_written_into_a_deleted_file(desk: Desk) -> None:
    desk.chat("how long is delivery?")
    (desk.home / "desk.sqlite").unlink()

    with pytest.raises(StorageError, match=GONE.format("desk.sqlite")) as refusal:
        desk.chat("what does delivery cost?")

    assert not isinstance(refusal.value, KeptError)
    assert not (desk.home / "desk.sqlite").exists()


def test_a_database_put_in_place_of_the_one_in_use_is_not_written_to(desk: Desk, tmp_path: Path) -> None:
    desk.chat("how long is delivery?")
    other = open_test_desk(tmp_path / "other")
    other.close()
    shutil.copy(tmp_path / "other" / "desk.sqlite", tmp_path / "backup")
    (tmp_path / "backup").replace(desk.home / "desk.sqlite")

    with pytest.raises(StorageError, match=GONE.format("desk.sqlite")):
        desk.chat("what does delivery cost?")

    assert query(tmp_path / "other" / "desk.sqlite", "SELECT count(*) FROM inbox") == [(0,)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or mount is None or umount is None:
        pytest.skip("only root can mount a file system")
    if subprocess.run([mount, "-t", "tmpfs", "tmpfs", str(place)], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run([umount, "-l", str(place)], check=True)


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def test_a_file_system_that_turns_read_only_stops_payments_and_all_goes_on_later(disk: Path) -> None:
    desk = open_test_desk(disk / "home")
    paused = desk.chat("refund of $7 please")
    desk.close()
    remount(disk, "ro")

    with pytest.raises(StorageError, match=r"make the (file|folder) .*writable"):
        open_test_desk(disk / "home")
    remount(disk, "rw")
    desk = open_test_desk(disk / "home")
    decided = desk.decide(str(paused.review_id), APPROVE, REVIEWER)

    assert decided.action_result == "Refund issued: $7.00"
    assert money(desk.home).agrees()
