"""Making a backup of a desk that runs."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from os import fsync
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from agent.archive.contents import ANCHOR, FORMAT, KEY, MANIFEST, TABLES, Manifest, digest_of, digest_stream
from agent.archive.moment import one_moment
from agent.errors import ConfigurationError, StorageError, TakenError
from agent.ports.clock import Clock
from agent.ports.progress import Progress, ignore
from agent.store.audit import read_anchor, verify_chain
from agent.store.checkpoint_file import open_checkpoint_file
from agent.store.home_notes import sync_folder
from agent.store.migrations import marked, unmarked
from agent.store.tables import metadata
from agent.timestamps import to_text

CHUNK_PAGES = 4096


@dataclass(frozen=True, kw_only=True)
class Source:
    """A desk in files: its home, where its audit chain is anchored, and the key that signs the chain."""

    home: Path
    anchor: Path
    key: bytes = field(repr=False)


def back_up(
    source: Source, target: Path, clock: Clock, *, with_key: bool = True, progress: Progress = ignore
) -> Manifest:
    """Write the desk, as it is at one moment, to `target`, and read it back; `with_key` puts the key beside it.

    Whoever works on the home goes on. Raises ConfigurationError if `target` exists, TakenError if another backup is
    being made, StorageError if something cannot be read or written or is damaged; there is no file `target` then.
    """
    if target.exists():
        message = f"{target} exists. Nothing was written; name another file, so that no older backup is lost."
        raise ConfigurationError(message)
    with _alone(source.home), _explaining(target), _working_folder(target) as folder:
        made_at = to_text(clock.now())
        _copy_small_files(source, folder, with_key=with_key)
        with one_moment([source.home / name for name in TABLES]) as seen:
            for number, (name, connection) in enumerate(zip(TABLES, seen, strict=True)):
                progress(0.1 + 0.5 * number / len(TABLES), f"Copying {name}")
                _copy(connection, folder / name)
        progress(0.6, "Checking the copies")
        manifest = _judged(folder, source.key, made_at).signed(source.key)
        progress(0.7, "Packing")
        draft = folder / "archive"
        _pack(folder, manifest, draft)
        progress(0.9, "Reading it back")
        _read_back(draft, manifest)
        draft.chmod(0o600)
        with draft.open("rb") as written:
            fsync(written.fileno())
        if target.exists():
            message = f"{target} was made by somebody else meanwhile."
            raise FileExistsError(message)
        draft.replace(target)
        sync_folder(target.parent)
    return manifest


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    lock = FileLock(home / "backup.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        task = "backup"
        raise TakenError(task) from error
    except OSError as error:
        message = f"{home}: {error}. No backup was made; name the home of a desk in TRIAGE_HOME."
        raise StorageError(message) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _explaining(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, sqlite3.Error, SQLAlchemyError, zipfile.BadZipFile) as error:
        said = str(getattr(error, "orig", None) or error)
        full = isinstance(error, OSError) and "No space" in said
        remedy = "free some space" if full or "full" in said else "see python -m agent doctor"
        message = f"Backup {target}: {said}. No backup was made; {remedy}, then try again."
        raise StorageError(message) from error


@contextmanager
def _working_folder(target: Path) -> Iterator[Path]:
    """Beside the target, so that renaming is enough; one that a killed backup left behind is cleared away."""
    folder = target.with_name(f".{target.name}.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_small_files(source: Source, folder: Path, *, with_key: bool) -> None:
    # before the tables: the anchor then names an entry that is in the copy
    if source.anchor.exists():
        shutil.copyfile(source.anchor, folder / ANCHOR)
    if with_key and (source.home / KEY).exists():
        shutil.copyfile(source.home / KEY, folder / KEY)


def _copy(source: sqlite3.Connection, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=CHUNK_PAGES)
        target.execute("PRAGMA journal_mode=DELETE")  # everything in the one file


def _judged(folder: Path, key: bytes, made_at: str) -> Manifest:
    """What the copies hold; raises ValueError if one is damaged or the audit chain does not hold."""
    for name in TABLES:
        refuse_damaged(folder / name)
    with closing(open_checkpoint_file(folder / "checkpoints.sqlite")) as checkpoints:
        paused = len(checkpoints.paused_threads())
    engine = create_engine(f"sqlite:///{folder / 'desk.sqlite'}")
    try:
        with engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) & set(metadata.tables)
            revision = marked(connection) if inspect(connection).has_table("alembic_version") else unmarked(connection)
            tables = [metadata.tables[name] for name in sorted(names)]
            rows = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
            }
            report = verify_chain(connection, key, read_anchor(folder / ANCHOR))
    finally:
        engine.dispose()
    if not report.ok:
        message = f"the audit chain does not hold. {report.problem}"
        raise ValueError(message)
    members = (*TABLES, *(name for name in (KEY, ANCHOR) if (folder / name).exists()))
    return Manifest(
        format=FORMAT,
        made_at=made_at,
        table_revision=revision or "none",
        files={name: digest_of(folder / name) for name in members},
        rows=rows,
        paused_threads=paused,
        audit_entries=report.entries,
        audit_head=report.head,
    )


def refuse_damaged(file: Path) -> None:
    """Raise ValueError unless the file passes SQLite's whole integrity check, sqlite3.Error if it is none."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        message = f"{file.name} is damaged: {verdict}"
        raise ValueError(message)


def _pack(folder: Path, manifest: Manifest, draft: Path) -> None:
    with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest.model_dump(mode="json"), indent=1))
        for name in manifest.files:
            archive.write(folder / name, name)


def _read_back(draft: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(draft) as archive:
        for name, expected in manifest.files.items():
            with archive.open(name) as member:
                found = digest_stream(member)
            if found != expected:
                message = f"{name} was not written as it is"
                raise ValueError(message)
