"""Several SQLite files, each as it was at the same moment, while others go on writing."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from agent.errors import StorageError
from agent.store.sqlite import explain

ATTEMPTS = 50
WAIT_MS = 200
"""For one file at a time: whoever holds one and waits for another gets on as soon as all are let go."""


@contextmanager
def one_moment(files: Sequence[Path]) -> Iterator[list[sqlite3.Connection]]:
    """Connections that see all files as they were at one moment between two transactions, until the block is left.

    Writers are held back until every file is looked at, which takes milliseconds. Raises StorageError if somebody
    writes all the time.
    """
    with ExitStack() as opened:
        seen = [opened.enter_context(closing(_connect(file))) for file in files]
        with writers_held_back(files):
            for connection in seen:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees this moment
        yield seen


@contextmanager
def writers_held_back(files: Sequence[Path]) -> Iterator[None]:
    """While the block runs nobody else writes to any of the files; raises StorageError if somebody always does."""
    with ExitStack() as opened:
        writers = [opened.enter_context(closing(_connect(file))) for file in files]
        for attempt in range(ATTEMPTS):
            try:
                for writer in writers:
                    writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                _let_go(writers)
                if attempt == ATTEMPTS - 1 or "locked" not in str(error):
                    raise explain(error, files[0].parent) from error
                time.sleep(0.01 * attempt)
            else:
                break
        try:
            yield
        finally:
            _let_go(writers)


def _let_go(writers: Sequence[sqlite3.Connection]) -> None:
    for writer in writers:
        if writer.in_transaction:
            writer.rollback()


def _connect(file: Path) -> sqlite3.Connection:
    if not file.exists():
        message = f"{file} is missing. Nothing was copied; open the desk once: python -m agent migrate"
        raise StorageError(message)
    return sqlite3.connect(file, timeout=WAIT_MS / 1000, isolation_level=None, check_same_thread=False)
