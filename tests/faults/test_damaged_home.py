from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import ConfigurationError, Decision, StorageError
from tests.faults.cramped import open_without_privileges
from tests.faults.processes import exit_code_of, running
from tests.faults.records import FILES, read_lines
from tests.stand_ins import REVIEWER, open_test_desk

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home in which a refund waits for its decision, and that nobody has open."""
    desk = open_test_desk(tmp_path / "home")
    desk.chat("refund of $7 please")
    desk.close()
    yield tmp_path / "home"
    (tmp_path / "home").chmod(0o700)


def overwrite(path: Path, content: bytes) -> None:
    for trailing in ("-wal", "-shm"):
        path.with_name(path.name + trailing).unlink(missing_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_database_is_named_with_the_remedy(home: Path, name: str) -> None:
    overwrite(home / name, b"this is no database, but a letter to somebody" * 100)

    with pytest.raises(StorageError, match=rf"{name}: file is not a database\. .*restore the file from a backup"):
        open_test_desk(home)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_database_is_named_with_the_remedy(home: Path, name: str) -> None:
    overwrite(home / name, b"")
    (home / name).unlink()
    (home / name).mkdir()

    with pytest.raises(StorageError, match=rf"{name}: unable to open .*check that the folder exists and is writable"):
        open_test_desk(home)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 1000])
def test_a_damaged_secret_key_is_named_and_not_replaced(home: Path, content: bytes) -> None:
    (home / "secret.key").write_bytes(content)

    with pytest.raises(ConfigurationError, match=r"secret\.key is damaged\. Nothing was started; restore it"):
        open_test_desk(home)

    assert (home / "secret.key").read_bytes() == content


def test_another_secret_key_shows_in_the_audit_chain(home: Path) -> None:
    (home / "secret.key").write_text("0" * 64, encoding="utf-8")

    desk = open_test_desk(home)

    assert desk.verify_audit().broken_at == 1
    assert [check.name for check in desk.checks() if not check.ok] == ["audit chain"]
    desk.close()


@pytest.mark.parametrize("content", [b"", b"{", b'{"seq": "many"}', b"\xff\xfe", b"[]"])
def test_a_damaged_anchor_is_named_and_stops_no_decision(home: Path, content: bytes) -> None:
    (home / "audit.anchor").write_bytes(content)
    desk = open_test_desk(home)

    [review] = desk.queue()
    decided = desk.decide(review.review_id, Decision(action="approve"), REVIEWER)
    [unwell] = [check for check in desk.checks() if not check.ok]

    assert decided.action_result == "Refund issued: $7.00"
    assert (unwell.name, unwell.remedy) == ("audit chain", "Restore the anchor from a backup.")
    with pytest.raises(StorageError, match=r"audit\.anchor is damaged: .*restore it from a backup"):
        desk.verify_audit()
    desk.close()


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_home_that_may_not_be_written_is_named_with_the_remedy(home: Path, tmp_path: Path, mode: int) -> None:
    log = tmp_path / "log"
    home.chmod(mode)

    with running(open_without_privileges, home, log) as child:
        exit_code = exit_code_of(child)

    [seen] = read_lines(log)
    assert exit_code == 0
    assert str(home) in seen["said"]
    assert "writable, then try again" in seen["said"]


def test_a_home_inside_a_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="Nothing was started; choose a folder that can be written"):
        open_test_desk(tmp_path / "file" / "home")
