"""One SQLite file with the desk's tables: every writing transaction takes the write lock at once and is synced."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from agent.errors import StorageError
from agent.store.migrations import HEAD, REVISIONS, mark, marked, unmarked
from agent.store.tables import metadata

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another; without it 1,490 of a few thousand writes failed with "database is locked"."""


def explain(error: Exception, path: Path) -> StorageError:
    """The error in words an operator can act on."""
    text = str(getattr(error, "orig", None) or error)
    remedies = {
        "full": "free some disk space",
        "No space left": "free some disk space",
        "readonly": "make the file writable",
        "Read-only": "make the folder writable",
        "Permission denied": "make the folder readable and writable",
        "unable to open": "check that the folder exists and is writable",
        "malformed": "restore the file from a backup",
        "not a database": "restore the file from a backup",
        "locked": "wait for the process that holds it, or end it",
        "I/O": "check the disk and the limits on file sizes",
    }
    remedy = next((advice for sign, advice in remedies.items() if sign in text), "see the log")
    return StorageError(f"Database {path}: {text}. What was being written is not stored; {remedy}, then try again.")


class Database:
    """The tables in one file.

    `write()` is one durable transaction (`synchronous=FULL`); `write_soon()` may lose its last moments when the power
    fails, but never when a process dies; `read()` sees one consistent state.
    """

    def __init__(self, path: Path, tables: MetaData = metadata) -> None:
        """Open or create the file with these tables; raises StorageError if it is unusable or of a newer version.

        A file with the desk's own tables of an older version is upgraded, after a copy of it was made beside it.
        """
        self.path = path
        self._tables = tables
        self._durable = _engine(path, "FULL")
        self._relaxed = _engine(path, "NORMAL")
        try:
            with FileLock(f"{path}.lock"):
                self._set_up()
        except (DBAPIError, OSError, sqlite3.Error, StorageError) as error:
            self.close()
            raise (error if isinstance(error, StorageError) else explain(error, path)) from error

    def _set_up(self) -> None:
        if self._tables is metadata:
            self._bring_to_head()
        else:
            self._tables.create_all(self._durable)
        self.path.chmod(0o600)

    def _bring_to_head(self) -> None:
        found = self._revision()
        if found == HEAD:
            return
        if found is None:
            with self.write() as connection:
                self._tables.create_all(connection)
                mark(connection, HEAD)
        elif found in REVISIONS:
            self._upgrade(found)
        else:
            message = (
                f"Database {self.path} has schema {found}, this version needs {HEAD}. "
                "Nothing was changed; use the matching version or another TRIAGE_HOME."
            )
            raise StorageError(message)

    def _revision(self) -> str | None:
        try:
            with self.read() as connection:
                return marked(connection)
        except StorageError:  # most likely new or old; whatever else is wrong will show again
            with self.read() as connection:
                return unmarked(connection)

    def _upgrade(self, found: str) -> None:
        from agent.store.migrations.upgrade import keep_copy, upgrade  # noqa: PLC0415  alembic is slow to import

        try:
            with self.write() as connection:
                keep_copy(self.path)  # with the write lock held, so that nothing is written after the copy
                upgrade(connection, found)
        except Exception as error:
            reason = error if isinstance(error, StorageError) else explain(error, self.path)
            message = f"{reason} The upgrade from schema {found} to {HEAD} was undone: the file is as it was."
            raise StorageError(message) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk once the block is left; rolled back if the block raises."""
        with self._transaction(self._durable, "IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def write_soon(self) -> Iterator[Connection]:
        """A transaction for what can be made again, such as progress events."""
        with self._transaction(self._relaxed, "IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._transaction(self._relaxed, "DEFERRED") as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine, kind: str) -> Iterator[Connection]:
        try:
            with engine.connect().execution_options(begin=kind) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise explain(error, self.path) from error

    def close(self) -> None:
        """Give back all connections."""
        self._durable.dispose()
        self._relaxed.dispose()


def _engine(path: Path, synchronous: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy's own begin decides on the kind of transaction
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        connection.exec_driver_sql(f"BEGIN {options.get('begin', 'IMMEDIATE')}")

    return engine
