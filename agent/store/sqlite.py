"""Tables in a SQLite file: every writing transaction takes the write lock at once and is synced."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from agent.errors import StorageError, TakenError
from agent.store.database import FATES, POOL_TIMEOUT_S, Database, Fate, Kind
from agent.store.in_place import InPlace
from agent.store.schema import bring_to_head
from agent.store.tables import metadata

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another; without it 1,490 of a few thousand writes failed with "database is locked"."""

REMEDIES = {
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


def explain(error: Exception, path: Path, fate: Fate = "lost") -> StorageError:
    """The error in words an operator can act on."""
    text = str(getattr(error, "orig", None) or error)
    remedy = next((advice for sign, advice in REMEDIES.items() if sign in text), "see the log")
    return StorageError(f"Database {path}: {text}. {FATES[fate]}; {remedy}, then try again.")


class SqliteDatabase(Database):
    """The tables in one file."""

    def __init__(self, path: Path, tables: MetaData = metadata) -> None:
        """Open or create the file with these tables; raises StorageError if it is unusable or of a newer version.

        A file with the desk's own tables of an older version is upgraded, after a copy of it was made beside it.
        """
        self.path = path
        self.name = str(path)
        self._in_place: InPlace | None = None
        self._durable = _engine(path, "FULL")
        self._relaxed = _engine(path, "NORMAL")
        try:
            with FileLock(f"{path}.lock"):
                if tables is metadata:
                    self.found = bring_to_head(self)
                else:
                    tables.create_all(self._durable)
                self.path.chmod(0o600)
                self._in_place = InPlace(path)
        except (DBAPIError, OSError, sqlite3.Error, StorageError) as error:
            self.close()
            raise (error if isinstance(error, StorageError) else explain(error, path)) from error

    @contextmanager
    def _connect(self, kind: Kind) -> Iterator[Connection]:
        engine = self._durable if kind == "durable" else self._relaxed
        begin = "DEFERRED" if kind == "reading" else "IMMEDIATE"
        if self._in_place is not None:
            self._in_place.check()
        with engine.connect().execution_options(begin=begin) as connection:
            yield connection

    def explain(self, error: Exception, fate: Fate = "lost") -> StorageError:
        """By what SQLite and the operating system say."""
        return explain(error, self.path, fate)

    @contextmanager
    def alone(self, task: str) -> Iterator[None]:
        """By a lock file beside the database, which the operating system frees."""
        lock = FileLock(self.path.with_name(f"{task}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise TakenError(task) from error
        except OSError as error:
            message = f"{lock.lock_file}: {error}. Nothing was changed; make the folder writable."
            raise StorageError(message) from error
        try:
            yield
        finally:
            lock.release()

    def keep_copy(self) -> None:
        """As a file beside this one; raises OSError or sqlite3.Error."""
        from agent.store.migrations.upgrade import keep_copy  # noqa: PLC0415  alembic is slow to import

        keep_copy(self.path)

    def close(self) -> None:
        """Give back all connections."""
        self._durable.dispose()
        self._relaxed.dispose()


def _engine(path: Path, synchronous: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=24, pool_timeout=POOL_TIMEOUT_S)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy's own begin decides on the kind of transaction
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'IMMEDIATE')}")

    return engine
