"""Backups of a desk that is under load, and of what must never be restored."""

import json
import resource
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent import ConfigurationError, Decision, StorageError
from agent.archive.backup import Source, back_up
from agent.archive.contents import MANIFEST, TABLES, Manifest, digest_of
from agent.archive.door import make_backup, restore_backup
from agent.archive.restore import restore
from agent.errors import ConflictError, TakenError
from agent.store.home_notes import UNFINISHED, write_note
from tests.faults.processes import CONTEXT, PATIENCE_S, exit_code_of, kill, running
from tests.faults.records import append_line, damaged_files, money, query, read_lines
from tests.faults.settled import (
    assert_decisions_stand,
    assert_every_message_is_answered_once,
    decide_the_rest,
    settle,
    turns,
)
from tests.faults.workload import work
from tests.stand_ins import REVIEWER, HandClock, open_test_desk, settings_for

pytestmark = pytest.mark.sqlite_only

BACKUPS = [2, pytest.param(40, marks=pytest.mark.exhaustive)]
TURNS = 200


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a refund was paid and another waits, closed."""
    folder = tmp_path_factory.mktemp("prepared")
    desk = open_test_desk(folder / "home")
    done = desk.chat("refund of $7 please")
    desk.decide(str(done.review_id), Decision(action="approve"), REVIEWER)
    desk.chat("refund of $9 please")
    desk.close()
    make_backup(settings_for(folder / "home"), folder / "desk.zip")
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared / "home", tmp_path / "home"))


@pytest.fixture
def backup(prepared: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    return Path(shutil.copy2(prepared / "desk.zip", tmp_path / "desk.zip"))


@pytest.mark.parametrize("backups", BACKUPS)
def test_every_backup_under_load_is_a_desk_that_goes_on_as_if_it_had_been_killed_then(
    tmp_path: Path, backups: int
) -> None:
    home, acknowledged = tmp_path / "home", tmp_path / "acknowledged"
    acknowledged.touch()
    open_test_desk(home).close()
    working = CONTEXT.Event()
    known: dict[Path, list[dict[str, Any]]] = {}

    with running(work, home, acknowledged, 1, working) as child:
        assert working.wait(PATIENCE_S)
        for number in range(backups):
            wait_for_turns(home, TURNS * (number + 1) // backups)
            file = tmp_path / f"{number}.zip"
            known[file] = read_lines(acknowledged)
            make_backup(settings_for(home), file)
        kill(child)

    for file, notes in known.items():
        assert_goes_on(file, notes, tmp_path / file.stem)


def wait_for_turns(home: Path, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while query(home / "desk.sqlite", "SELECT count(*) FROM inbox WHERE status IN ('done', 'paused')")[0][0] < count:
        assert time.monotonic() < deadline, "there is no load"
        time.sleep(0.01)


def assert_goes_on(file: Path, notes: list[dict[str, Any]], home: Path) -> None:
    manifest = restore_backup(settings_for(home), file)
    assert damaged_files(home) == []
    desk = open_test_desk(home)
    assert desk.verify_audit().ok
    desk.start()
    settle(desk)
    decide_the_rest(desk)
    messages = {note["message"]: note for note in notes if "message" in note}
    assert manifest.rows["inbox"] >= len(messages)
    assert_every_message_is_answered_once(turns(home), messages)
    assert {turn["status"] for turn in turns(home).values()} == {"done"}
    assert_decisions_stand(home, [note for note in notes if "review" in note])
    assert money(home).agrees()
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def test_a_restored_desk_pays_what_waits_and_nothing_again(backup: Path, tmp_path: Path) -> None:
    restore_backup(settings_for(tmp_path / "new"), backup)

    desk = open_test_desk(tmp_path / "new")
    [waiting] = [review for review in desk.queue() if review.status == "pending"]
    decided = desk.decide(waiting.review_id, Decision(action="approve"), REVIEWER)

    assert decided.action_result == "Refund issued: $9.00"
    assert desk.payments_made() == 2
    assert money(desk.home).agrees()
    assert desk.verify_audit().ok


def test_a_backup_tells_what_it_holds_and_only_its_owner_can_read_it(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = Manifest.model_validate(json.loads(archive.read(MANIFEST)))

    assert (manifest.rows["inbox"], manifest.rows["reviews"], manifest.paused_threads) == (2, 2, 1)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert list(backup.parent.glob(".*")) == []


def test_a_backup_without_its_key_needs_the_key_to_be_restored(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "keyless.zip"
    make_backup(settings_for(home), file, with_key=False)
    key = (home / "secret.key").read_bytes()

    with pytest.raises(ConfigurationError, match=r"TRIAGE_SECRET_KEY is not set. Nothing was changed"):
        restore(file, tmp_path / "new", HandClock())
    with pytest.raises(StorageError, match=r"not signed with the desk's key. Nothing was changed"):
        restore(file, tmp_path / "new", HandClock(), key=b"another" * 9)
    restore(file, tmp_path / "new", HandClock(), key=key)

    assert not (tmp_path / "new" / "secret.key").exists()


def test_an_older_backup_is_not_written_over(home: Path, backup: Path) -> None:
    before = backup.read_bytes()

    with pytest.raises(ConfigurationError, match=r"exists. Nothing was written"):
        make_backup(settings_for(home), backup)

    assert backup.read_bytes() == before


def test_a_home_that_holds_a_desk_is_not_written_over(home: Path, backup: Path) -> None:
    with pytest.raises(ConflictError, match=r"holds a desk. Nothing was changed"):
        restore_backup(settings_for(home), backup)

    restore(backup, home, HandClock(), replace=True)

    [aside] = home.glob("replaced-*")
    assert {*TABLES, "secret.key"} <= {path.name for path in aside.iterdir()}
    assert open_test_desk(home).verify_audit().ok


def test_a_home_in_use_is_not_restored(home: Path, backup: Path) -> None:
    desk = open_test_desk(home)

    with pytest.raises(ConflictError, match=r"works on .*Nothing was changed; end it"):
        restore(backup, home, HandClock(), replace=True)

    assert desk.chat("how long does delivery take?").status == "DONE"


def test_one_backup_is_made_at_a_time(home: Path, tmp_path: Path) -> None:
    class Impatient(HandClock):
        """Makes a backup while one is being made."""

        def now(self) -> Any:
            with pytest.raises(TakenError):
                make_backup(settings_for(home), tmp_path / "second.zip")
            return super().now()

    source = Source(home=home, anchor=home / "audit.anchor", key=(home / "secret.key").read_bytes())
    back_up(source, tmp_path / "first.zip", Impatient())

    assert [path.name for path in tmp_path.glob("*.zip")] == ["first.zip"]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_backup_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * share)])

    with pytest.raises(StorageError, match=r"cannot be restored: .*Nothing was changed; use another backup"):
        restore_backup(settings_for(tmp_path / "new"), backup)

    assert list((tmp_path / "new").iterdir()) == []


def test_a_backup_with_a_flipped_bit_is_refused_or_whole(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    refused = 0

    for place in range(0, len(whole), max(1, len(whole) // 60)):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        home = tmp_path / f"new-{place}"
        try:
            found = restore(backup, home, HandClock())
        except StorageError:
            refused += 1
        else:
            assert {name: digest_of(home / name) for name in found.files} == dict(found.files)

    assert refused > 50


def test_a_backup_in_which_a_row_was_changed_is_refused_although_its_digests_are_right(
    backup: Path, tmp_path: Path
) -> None:
    forge(backup, tmp_path, "UPDATE ledger SET amount_minor = 100")

    with pytest.raises(StorageError, match=r"not signed with the desk's key. Nothing was changed"):
        restore_backup(settings_for(tmp_path / "new"), backup)


def forge(backup: Path, folder: Path, deed: str) -> None:
    """Change the tables in a backup, and what it says of them."""
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(unpacked)
    with closing(sqlite3.connect(unpacked / "desk.sqlite")) as connection, connection:
        connection.execute(deed)
    told = json.loads((unpacked / MANIFEST).read_text(encoding="utf-8"))
    told["files"]["desk.sqlite"] = digest_of(unpacked / "desk.sqlite").model_dump()
    (unpacked / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    with zipfile.ZipFile(backup, "w") as archive:
        for path in unpacked.iterdir():
            archive.write(path, path.name)


@pytest.mark.parametrize("change", [{"table_revision": "9999"}, {"format": 2}])
def test_a_backup_of_a_newer_version_is_refused(backup: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **change}).encode()
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)

    with pytest.raises(ConfigurationError, match=r"another version .*Nothing was changed"):
        restore_backup(settings_for(tmp_path / "new"), backup)


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "extra.sqlite"])
def test_a_backup_with_other_files_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr(name, b"x")

    with pytest.raises(StorageError, match=r"does not hold the files that it names"):
        restore_backup(settings_for(tmp_path / "new"), backup)

    assert not (tmp_path / "escaped").exists()


def test_a_damaged_desk_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    file = home / "payments.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:4200] = b"\xff" * 104
    file.write_bytes(bytes(content))

    with pytest.raises(StorageError, match=r"No backup was made"):
        make_backup(settings_for(home), tmp_path / "desk.zip")

    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_full_disk_leaves_nothing(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    with running(back_up_with_little_room, home, tmp_path / "desk.zip", log) as child:
        code = exit_code_of(child)

    [seen] = read_lines(log)
    assert code == 0
    assert "No backup was made" in seen["said"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "log"]


def back_up_with_little_room(home: Path, target: Path, log: Path) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        make_backup(settings_for(home), target)
        said = "made"
    except StorageError as refusal:
        said = str(refusal)
    append_line(log, {"said": said})


@pytest.mark.parametrize("stage", ["setting aside", "placing"])
def test_a_restore_that_was_cut_off_opens_no_desk_until_it_is_run_again(
    home: Path, backup: Path, tmp_path: Path, stage: str
) -> None:
    cut_off(home, backup, tmp_path, stage)

    with pytest.raises(StorageError, match=r"half restored. Nothing was started; run the same"):
        open_test_desk(home)
    restore(backup, home, HandClock())

    desk = open_test_desk(home)
    assert desk.verify_audit().ok
    assert [check for check in desk.checks() if not check.ok] == []
    assert {*TABLES, "secret.key"} <= {path.name for path in (home / "aside").iterdir()}


def cut_off(home: Path, backup: Path, folder: Path, stage: str) -> None:
    """Leave the home as a process does that is killed in the middle of this stage."""
    aside = home / "aside"
    aside.mkdir()
    old = [*TABLES, "secret.key", "audit.anchor"]
    for name in old[:3] if stage == "setting aside" else old:
        shutil.move(home / name, aside / name)
    write_note(home, UNFINISHED, {"stage": stage, "aside": "aside"})
    if stage == "placing":
        with zipfile.ZipFile(backup) as archive:
            archive.extract("desk.sqlite", home)
    (home / ".restore.part").mkdir()
    (folder / "unused").touch()
