"""An empty PostgreSQL database into which a desk is moved, marked until all of it is there."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import psycopg
from psycopg import sql

from agent.errors import ConflictError, StorageError, TakenError
from agent.store.postgres import explain, postgres_url

MARK = "triage_unfinished_move"
"""A table that is there as long as a move has not come to its end."""
ONE_AT_A_TIME = zlib.crc32(b"triage move")

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def refuse_half_moved(url: str) -> None:
    """Raise StorageError if a move into this database was begun and not finished, or it cannot be reached."""
    with closing(Destination(url)) as found:
        half = found.is_half_filled()
    if half:
        message = (
            f"{found.name} is only half filled: a move into it was cut off or goes on. Nothing was started; run the "
            "same `python -m agent move` again."
        )
        raise StorageError(message)


class Destination:
    """The database, held by this process until it is closed."""

    def __init__(self, url: str) -> None:
        """Look at nothing yet; raises StorageError if it cannot be reached, ConfigurationError for another address."""
        address = postgres_url(url).set(drivername="postgresql")
        self.name = address.render_as_string(hide_password=True)
        try:
            self._connection = psycopg.connect(
                address.render_as_string(hide_password=False), autocommit=True, connect_timeout=5
            )
        except psycopg.Error as error:
            raise explain(error, self.name) from error

    def is_half_filled(self) -> bool:
        """Whether an earlier move into it was cut off."""
        return MARK in self._tables()

    def claim(self, told: str) -> None:
        """Mark it, empty of what an earlier move left; raises ConflictError if it holds something else.

        Raises TakenError if another process is moving into it.
        """
        with self._explaining():
            (alone,) = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (ONE_AT_A_TIME,)).fetchone() or (0,)
            if not alone:
                task = "move"
                raise TakenError(task)
            found = self._tables()
            if found and MARK not in found:
                message = (
                    f"{self.name} is not empty ({', '.join(sorted(found)[:3])} …). Nothing was changed; name a "
                    "database without tables."
                )
                raise ConflictError(message)
            self._drop([name for name in found if name != MARK])
            self._connection.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (told text)").format(sql.Identifier(MARK)))
            self._connection.execute(sql.SQL("INSERT INTO {} VALUES (%s)").format(sql.Identifier(MARK)), (told,))

    def finish(self) -> None:
        """All of it is there: processes may open it."""
        with self._explaining():
            self._drop([MARK])

    def close(self) -> None:
        """Let go."""
        self._connection.close()

    def _tables(self) -> list[str]:
        with self._explaining():
            return [name for (name,) in self._connection.execute(TABLES)]

    def _drop(self, names: Sequence[str]) -> None:
        if names:
            listed = sql.SQL(", ").join(map(sql.Identifier, names))
            self._connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(listed))

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise explain(error, self.name) from error
