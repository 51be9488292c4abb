"""A database with the desk's tables, wherever it is kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from agent.errors import StorageError

Kind = Literal["durable", "relaxed", "reading"]
Fate = Literal["unchanged", "lost", "unknown"]

POOL_TIMEOUT_S = 10.0
"""How long to wait for one of the process's own connections."""

FATES: dict[Fate, str] = {
    "unchanged": "Nothing was being written",
    "lost": "What was being written is not stored",
    "unknown": "What was being written may be stored or not",
}
"""What became of a transaction that failed; unknown is one whose commit was not answered any more."""


class Database(ABC):
    """Tables in one place, read and written in transactions; one transaction writes at a time.

    `write()` is one durable transaction; `write_soon()` may lose its last moments when the power fails, but never when
    a process dies; `read()` sees one consistent state. All raise StorageError in words an operator can act on.
    """

    name: str
    """What messages call it; never with a password."""
    found: str | None = None
    """The schema that the desk's tables had before they were opened; None if they were made, or are others'."""

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk once the block is left; rolled back if the block raises."""
        with self._transaction("durable") as connection:
            yield connection

    @contextmanager
    def write_soon(self) -> Iterator[Connection]:
        """A transaction for what can be made again, such as progress events."""
        with self._transaction("relaxed") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._transaction("reading") as connection:
            yield connection

    @contextmanager
    def _transaction(self, kind: Kind) -> Iterator[Connection]:
        fate: Fate = "unchanged" if kind == "reading" else "lost"
        try:
            with self._connect(kind) as connection, connection.begin():
                yield connection
                fate = "unknown" if kind != "reading" else fate  # until the commit that follows has been answered
        except DBAPIError as error:
            raise self.explain(error, fate if fate != "unknown" or error.connection_invalidated else "lost") from error
        except NoneFree as error:
            message = f"Database {self.name}: All connections are in use. {FATES[fate]}; wait a moment, then try again."
            raise StorageError(message) from error

    @abstractmethod
    def _connect(self, kind: Kind) -> AbstractContextManager[Connection]:
        """A connection whose next transaction is of this kind."""

    @abstractmethod
    def explain(self, error: Exception, fate: Fate = "lost") -> StorageError:
        """The error in words an operator can act on."""

    @abstractmethod
    def alone(self, task: str) -> AbstractContextManager[None]:
        """While nobody else is in a block of this name, in any process; a process that dies leaves it.

        Raises TakenError at once if somebody is.
        """

    @abstractmethod
    def keep_copy(self) -> None:
        """Keep a copy of everything before it is changed for good, where this is the program's task."""

    @abstractmethod
    def close(self) -> None:
        """Give back all connections."""
