"""Moving a whole desk: every table, every checkpoint, compared on both sides before anybody may open it."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from agent.archive.contents import TABLES
from agent.archive.moment import writers_held_back
from agent.bootstrap import (
    TABLE_PARTS,
    anchor_of,
    checkpoints_of,
    make_tables,
    place_of,
    secret_key_of,
    system_clock,
    upgrade_tables,
)
from agent.errors import ConfigurationError, ConflictError, StorageError
from agent.model import Moved, MovedTable
from agent.moving.tables import compare_table, copy_table, empty_table
from agent.moving.threads import copy_thread
from agent.ports.progress import Progress, ignore
from agent.settings import Settings
from agent.store.audit import read_anchor, verify_chain
from agent.store.checkpoint_place import open_checkpoints
from agent.store.destination import Destination
from agent.store.home_notes import MOVED, read_note, write_note
from agent.store.lock_files import living
from agent.store.postgres import explain, postgres_url
from agent.timestamps import to_text


def move(settings: Settings, to: str, progress: Progress = ignore) -> Moved:
    """Copy the desk in the settings' home into the empty database `to`, compare, and let only the new one be opened.

    The home keeps its files. Raises ConfigurationError, ConflictError if the home is in use or the database not empty,
    StorageError if something cannot be read, written, or is not the same afterwards. Whatever is raised, the home goes
    on as before and the database opens nowhere, until the move is run again.
    """
    files = settings.model_copy(update={"database_url": None})
    _refuse_in_use(files.home)
    if not (files.home / "desk.sqlite").exists():
        message = f"{files.home} holds no desk. Nothing was moved; name its folder in TRIAGE_HOME."
        raise ConfigurationError(message)
    with ExitStack() as held:
        destination = held.enter_context(closing(Destination(to)))
        _forget_cut_off(files.home, destination)
        key = secret_key_of(files)
        upgrade_tables(files)
        held.enter_context(writers_held_back([files.home / name for name in TABLES]))
        _refuse_in_use(files.home)
        destination.claim(f"from {files.home}")
        there = settings.model_copy(update={"database_url": to})
        make_tables(there)
        tables = _move_tables(files, to, progress)
        threads, checkpoints, paused = _move_threads(files, there, progress)
        progress(0.95, "Verifying the audit chain")
        entries = _verify_audit(files, to, key)
        _close_old(files.home, destination.name)
        destination.finish()
    return Moved(
        to=destination.name,
        tables=tables,
        threads=threads,
        checkpoints=checkpoints,
        paused_threads=paused,
        audit_entries=entries,
    )


def _refuse_in_use(home: Path) -> None:
    running = living(home / "processes")
    if running:
        message = f"Process {running[0]} works on {home}. Nothing was moved; end it, then run the same command again."
        raise ConflictError(message)


def _forget_cut_off(home: Path, destination: Destination) -> None:
    """A move to this very database that was cut off at its end has left its note, and the database unfinished."""
    note = read_note(home, MOVED)
    if note is not None and note.get("to", destination.name) == destination.name and destination.is_half_filled():
        (home / MOVED).unlink()


def _close_old(home: Path, to: str) -> None:
    """Nobody opens the old files from now on; who has just done so ends the move."""
    write_note(home, MOVED, {"to": to, "at": to_text(system_clock().now())})
    try:
        _refuse_in_use(home)  # again: who opens a desk announces itself, and then looks for the note
    except ConflictError:
        (home / MOVED).unlink()
        raise


def _move_tables(files: Settings, to: str, progress: Progress) -> tuple[MovedTable, ...]:
    moved: list[MovedTable] = []
    steps = sum(len(part.tables) for part in TABLE_PARTS.values())
    with _engines(files, to) as (sources, target):
        for name, metadata in TABLE_PARTS.items():
            with sources[name].connect() as source, target.begin() as connection:
                for table in reversed(metadata.sorted_tables):
                    empty_table(connection, table)
                for table in metadata.sorted_tables:
                    progress(0.6 * len(moved) / steps, f"Copying {table.name}")
                    digest = copy_table(source, connection, table)
                    moved.append(compare_table(source, connection, table, digest))
    different = [table.name for table in moved if not table.same]
    if different:
        message = f"{', '.join(different)} is not the same in {to_name(to)}. The move is not finished; run it again."
        raise StorageError(message)
    return tuple(moved)


def _move_threads(files: Settings, there: Settings, progress: Progress) -> tuple[int, int, int]:
    """Threads, checkpoints and paused threads that were moved; none if they lie in a place of their own."""
    if files.checkpoint_url:
        return 0, 0, 0
    with (
        closing(open_checkpoints(checkpoints_of(files))) as source,
        closing(open_checkpoints(checkpoints_of(there))) as target,
    ):
        thread_ids = sorted(source.thread_ids())
        checkpoints = 0
        for number, thread_id in enumerate(thread_ids):
            progress(0.6 + 0.35 * number / len(thread_ids), "Copying checkpoints")
            checkpoints += copy_thread(source, target, thread_id)
        paused = set(source.paused_threads())
        if set(target.paused_threads()) != paused:
            message = "Not the same threads are paused in the new place. The move is not finished; run it again."
            raise StorageError(message)
    return len(thread_ids), checkpoints, len(paused)


def _verify_audit(files: Settings, to: str, key: bytes) -> int:
    with _engines(files, to) as (_sources, target), target.connect() as connection:
        report = verify_chain(connection, key, read_anchor(anchor_of(files)))
    if not report.ok:
        message = (
            f"The audit chain does not hold: {report.problem} The move is not finished; look at the old desk first."
        )
        raise StorageError(message)
    return report.entries


@contextmanager
def _engines(files: Settings, to: str) -> Iterator[tuple[dict[str, Engine], Engine]]:
    """The files by part, and the database."""
    sources = {name: create_engine(f"sqlite:///{place_of(files, name)}") for name in TABLE_PARTS}
    target = create_engine(postgres_url(to))
    try:
        yield sources, target
    except SQLAlchemyError as error:
        raise explain(error, to_name(to)) from error
    finally:
        for engine in (*sources.values(), target):
            engine.dispose()


def to_name(url: str) -> str:
    """The address without its password."""
    return postgres_url(url).set(drivername="postgresql").render_as_string(hide_password=True)
