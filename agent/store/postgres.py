"""Tables in a PostgreSQL database, which any number of processes on any number of machines may share."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from agent.errors import ConfigurationError, InvalidFilterError, StorageError, TakenError
from agent.store.database import FATES, POOL_TIMEOUT_S, Database, Fate, Kind
from agent.store.schema import bring_to_head
from agent.store.tables import metadata

SCHEME = "postgresql"
LOCK_TIMEOUT_MS = 10_000
"""How long a writer waits for another."""
IDLE_TIMEOUT_MS = 30_000
"""After this a process that was stopped in the middle of a transaction loses it, so that the others can go on."""
CONNECT_TIMEOUT_S = 5
STANDING = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""How soon a connection counts as broken whose other end went away without a word: 15 s to 25 s, not two hours."""
SESSION = {
    "lock_timeout": LOCK_TIMEOUT_MS,
    "idle_in_transaction_session_timeout": IDLE_TIMEOUT_MS,
    "client_min_messages": "warning",
}

NO_TEXT = "cannot contain NUL"

REMEDIES = {
    "lock timeout": "wait for the process that holds the lock, or end it",
    "could not connect": "start the server or mend the address",
    "connection refused": "start the server or mend the address",
    "connection timeout": "start the server or mend the address",
    "failed to resolve": "mend the address",
    "password authentication": "mend name or password in TRIAGE_DATABASE_URL",
    "does not exist": "make it, or mend the address",
    "permission denied": "grant the role what is missing",
    "no space left": "free some space on the server",
    "too many": "let the server take more connections, or run fewer replicas",
    "read-only": "use the primary server",
    "shutting down": "wait until the server is up",
    "starting up": "wait until the server is up",
    "not yet accepting": "wait until the server is up",
    "recovery": "wait until the server is up",
    "terminat": "wait until the server is up",
    "server closed": "wait until the server is up",
    "connection is lost": "wait until the server is up",
    "connection is bad": "start the server or mend the address",
    "connection failed": "start the server or mend the address",
}


def postgres_url(written: str) -> URL:
    """The address for SQLAlchemy and psycopg; raises ConfigurationError for any other scheme."""
    try:
        url = make_url(written)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in {SCHEME, "postgres"} or not url.database:
        message = (
            "TRIAGE_DATABASE_URL is no address like postgresql://name:password@host:5432/database. "
            "Nothing was started; mend it, or unset it to keep everything in TRIAGE_HOME."
        )
        raise ConfigurationError(message)
    return url.set(drivername=f"{SCHEME}+psycopg")


def explain(error: Exception, name: str, fate: Fate = "lost") -> StorageError:
    """The error in words an operator can act on."""
    said = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
    remedy = next((advice for sign, advice in REMEDIES.items() if sign in said.lower()), "see the log")
    return StorageError(f"Database {name}: {said.rstrip('.')}. {FATES[fate]}; {remedy}, then try again.")


class PostgresDatabase(Database):
    """Some tables of a PostgreSQL database, written by one transaction at a time as in a SQLite file.

    An advisory lock keeps the order: what is numbered by the last number plus one, such as the audit chain, then needs
    no retries, and what is read before it is written cannot have changed.
    """

    def __init__(self, url: str, part: str = "desk", tables: MetaData = metadata) -> None:
        """Open or make these tables; `part` names them among the others of the same database.

        Raises ConfigurationError for an address of another kind, StorageError if the database cannot be used.
        """
        address = postgres_url(url)
        self.name = address.set(drivername=SCHEME).render_as_string(hide_password=True)
        self._lock = zlib.crc32(f"triage {part}".encode())
        self._engine = _engine(address)
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        try:
            with self._set_up():
                if tables is metadata:
                    self.found = bring_to_head(self)
                else:
                    with self.write() as connection:
                        tables.create_all(connection)
        except (DBAPIError, StorageError) as error:
            self.close()
            raise (error if isinstance(error, StorageError) else self.explain(error)) from error

    @contextmanager
    def _set_up(self) -> Iterator[None]:
        """One process at a time; the others wait."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            held = {"place": self._lock, "task": zlib.crc32(b"set up")}
            connection.execute(text("SELECT pg_advisory_lock(:place, :task)"), _signed(held))
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:place, :task)"), _signed(held))

    @contextmanager
    def _connect(self, kind: Kind) -> Iterator[Connection]:
        try:
            if kind == "reading":
                with self._reading.connect() as connection:
                    yield connection
                return
            with self._engine.connect().execution_options(writer=self._lock, relaxed=kind == "relaxed") as connection:
                yield connection
        except DataError as error:
            if NO_TEXT in str(error.orig):
                # what is stored was cleaned before, so it is something that somebody looks for
                message = "No text of this desk holds a NUL character; nothing was looked up. Leave it out."
                raise InvalidFilterError(message) from error
            raise

    def explain(self, error: Exception, fate: Fate = "lost") -> StorageError:
        """By what the server says."""
        return explain(error, self.name, fate)

    @contextmanager
    def alone(self, task: str) -> Iterator[None]:
        """By an advisory lock of a connection, which the server frees when the process is gone."""
        held = _signed({"place": self._lock, "task": zlib.crc32(task.encode())})
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if not connection.execute(text("SELECT pg_try_advisory_lock(:place, :task)"), held).scalar():
                    raise TakenError(task)
                try:
                    yield
                finally:
                    connection.execute(text("SELECT pg_advisory_unlock(:place, :task)"), held)
        except DBAPIError as error:
            raise self.explain(error) from error

    def keep_copy(self) -> None:
        """The server's operators keep copies; an upgrade that fails is rolled back as a whole."""

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def _engine(address: URL) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    engine = create_engine(
        address,
        pool_size=8,
        max_overflow=24,
        pool_timeout=POOL_TIMEOUT_S,
        pool_pre_ping=True,
        connect_args={
            "options": options,
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "triage",
            **STANDING,
        },
    )

    @event.listens_for(engine, "checkin")
    def forget(connection: psycopg.Connection | None, _entry: ConnectionPoolEntry) -> None:
        if connection is not None and not connection.closed:
            # SQLAlchemy leaves "read write" on it, which would go against a server that is set to read only
            connection.read_only = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if "writer" in options:
            relaxed = ", set_config('synchronous_commit', 'off', true)" if options.get("relaxed") else ""
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({options['writer']}){relaxed}")

    return engine


def _signed(keys: dict[str, int]) -> dict[str, int]:
    """The keys as the whole numbers of 32 bits that PostgreSQL takes in pairs."""
    return {name: key - (1 << 32) if key >= 1 << 31 else key for name, key in keys.items()}
