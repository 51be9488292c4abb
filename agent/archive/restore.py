"""Putting a backup back into a home."""

import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from agent.archive.anchored import anchor_elsewhere
from agent.archive.backup import refuse_damaged
from agent.archive.contents import ANCHOR, FORMAT, KEY, MANIFEST, MEMBERS, TABLES, Manifest, digest_stream
from agent.errors import ConfigurationError, ConflictError, DeskError, StorageError
from agent.ports.clock import Clock
from agent.store.audit import read_anchor, verify_chain
from agent.store.deliveries import doubt_waiting_tickets
from agent.store.home_notes import MOVED, UNFINISHED, read_note, sync_folder, write_note
from agent.store.lock_files import living
from agent.store.migrations import REVISIONS
from agent.store.tables import deliveries

BELONGING = ("-wal", "-shm")
"""What SQLite keeps beside a file."""
LARGEST_MANIFEST = 1024 * 1024
PART = ".restore.part"


def restore(
    file: Path,
    home: Path,
    clock: Clock,
    *,
    key: bytes | None = None,
    replace: bool = False,
    anchor: Path | None = None,
) -> Manifest:
    """Put the backup into an empty home, or set aside what is there; nothing is changed before all of it is checked.

    `key` verifies the audit chain where the backup brings none; `anchor` is where its head is written as well, if that
    is elsewhere. Raises ConfigurationError if there is no key, or the
    backup is of a newer version, ConflictError if the home holds a desk or is in use, StorageError if the backup is
    cut, damaged or changed. If it is cut off while files are moved, no desk opens there until it is run again.
    """
    earlier = read_note(home, UNFINISHED)
    _refuse_in_use(home)
    if earlier is None and not replace and _present(home):
        message = f"{home} holds a desk. Nothing was changed; name an empty TRIAGE_HOME, or --replace to set it aside."
        raise ConflictError(message)
    with _explaining(file):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = home / PART
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            manifest = _unpack(file, part)
            _refuse_changed(part, manifest, key)
            _expect_deliveries_made_since(part, manifest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        aside = f"replaced-{clock.now():%Y%m%dT%H%M%S}"
        with _under_note(home, earlier, aside) as note:
            _put_in_place(part, home, manifest, note)
            anchor_elsewhere(home, anchor or home / ANCHOR, manifest, aside)
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _refuse_in_use(home: Path) -> None:
    running = living(home / "processes")
    if running:
        message = f"Process {running[0]} works on {home}. Nothing was changed; end it, then try again."
        raise ConflictError(message)


def _present(home: Path) -> list[Path]:
    """What a desk keeps in its home, as far as it is there."""
    names = [*MEMBERS, *(name + more for name in TABLES for more in BELONGING), MOVED]
    return [home / name for name in names if (home / name).exists()]


@contextmanager
def _explaining(file: Path) -> Iterator[None]:
    try:
        yield
    except DeskError:
        raise
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        NotImplementedError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
        sqlite3.Error,
        SQLAlchemyError,
    ) as error:
        said = str(getattr(error, "orig", None) or error).split("\n")[0]
        message = f"Backup {file} cannot be restored: {said}. Nothing was changed; use another backup."
        if isinstance(error, OSError):
            message = f"Backup {file}: {said}. It is not restored; mend this, then run the same command again."
        raise StorageError(message) from error


def _unpack(file: Path, part: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        manifest = _manifest(archive)
        if manifest.format != FORMAT or manifest.table_revision not in REVISIONS:
            message = (
                f"Backup {file} is of another version (format {manifest.format}, tables {manifest.table_revision}). "
                "Nothing was changed; restore it with the release that made it, or a newer one."
            )
            raise ConfigurationError(message)
        names = archive.namelist()
        if sorted(names) != sorted([MANIFEST, *manifest.files]) or not set(TABLES) <= set(manifest.files) <= MEMBERS:
            message = "it does not hold the files that it names"
            raise ValueError(message)
        for name, expected in manifest.files.items():
            with archive.open(name) as member, (part / name).open("xb") as copy:
                os.fchmod(copy.fileno(), 0o600)
                found = digest_stream(member, copy, expected.bytes)
                copy.flush()
                os.fsync(copy.fileno())
            if found != expected:
                message = f"{name} is not what was backed up"
                raise ValueError(message)
    return manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(MANIFEST) as member:
        written = member.read(LARGEST_MANIFEST)
    try:
        return Manifest.model_validate(json.loads(written))
    except (ValueError, ValidationError, RecursionError) as error:
        message = f"{MANIFEST} cannot be read"
        raise ValueError(message) from error


def _refuse_changed(part: Path, manifest: Manifest, key: bytes | None) -> None:
    """Digests say that the file is whole; only the audit chain's key says that nobody made it up."""
    for name in TABLES:
        refuse_damaged(part / name)
    brought = part / KEY
    signing = key or (brought.read_bytes() if brought.exists() else None)
    if signing is None:
        message = (
            "The backup was made without its key, and TRIAGE_SECRET_KEY is not set. Nothing was changed; set it, else "
            "nobody can tell whether the backup is genuine."
        )
        raise ConfigurationError(message)
    if not manifest.is_signed(signing):
        message = "what it says of itself was not signed with the desk's key"
        raise ValueError(message)
    engine = create_engine(f"sqlite:///{part / 'desk.sqlite'}")
    try:
        with engine.connect() as connection:
            report = verify_chain(connection, signing, read_anchor(part / ANCHOR))
    finally:
        engine.dispose()
    if not report.ok or (report.entries, report.head) != (manifest.audit_entries, manifest.audit_head):
        message = f"its audit chain does not hold: {report.problem or 'it is not the one that was backed up'}"
        raise ValueError(message)


def _expect_deliveries_made_since(part: Path, manifest: Manifest) -> None:
    """What waited at that moment was sent since, most likely: it is looked for at the other desk before it is sent."""
    why = f"Restored from a backup of {manifest.made_at}; it may have arrived since."
    engine = create_engine(f"sqlite:///{part / 'desk.sqlite'}")
    try:
        with engine.begin() as connection:
            if inspect(connection).has_table(deliveries.name):
                doubt_waiting_tickets(connection, why)
    finally:
        engine.dispose()


@contextmanager
def _under_note(home: Path, earlier: dict[str, str] | None, aside: str) -> Iterator[dict[str, str]]:
    """While the block runs, and after it was cut off, no desk opens in the home."""
    note = earlier or {"stage": "setting aside", "aside": aside}
    write_note(home, UNFINISHED, note)
    try:
        _refuse_in_use(home)  # again: who opens a desk announces itself, and then looks for the note
    except ConflictError:
        if earlier is None:
            (home / UNFINISHED).unlink()
        raise
    yield note
    sync_folder(home)
    (home / UNFINISHED).unlink()
    sync_folder(home)


def _put_in_place(part: Path, home: Path, manifest: Manifest, note: dict[str, str]) -> None:
    """Two steps, each of which can be taken up again: old files aside, then new files in their place."""
    if note.get("stage") == "setting aside":
        _set_aside(_present(home), home / Path(note["aside"]).name)
        write_note(home, UNFINISHED, {"stage": "placing"})
    for name in manifest.files:
        (part / name).replace(home / name)
    for name in set(MEMBERS) - set(manifest.files):
        (home / name).unlink(missing_ok=True)  # of a restore that was cut off


def _set_aside(old: Sequence[Path], folder: Path) -> None:
    if not old:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in old:
        path.replace(folder / path.name)
    sync_folder(folder)
    sync_folder(folder.parent)
