"""The checkpoints of the graph in their own SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from filelock import FileLock
from langgraph.checkpoint.sqlite import SqliteSaver

from agent.errors import LeaseLostError
from agent.model import Check
from agent.store.checkpoints import MOVED_ON, Checkpoints
from agent.store.condition import file_check
from agent.store.in_place import InPlace
from agent.store.plain_serializer import PlainSerializer
from agent.store.sqlite import BUSY_TIMEOUT_MS, explain

ONLY_THE_LATEST_GROWS = """
CREATE TRIGGER IF NOT EXISTS only_the_latest_grows BEFORE INSERT ON checkpoints
WHEN (SELECT MAX(checkpoint_id) FROM checkpoints
      WHERE thread_id = NEW.thread_id AND checkpoint_ns = NEW.checkpoint_ns)
     NOT IN (coalesce(NEW.parent_checkpoint_id, ''), NEW.checkpoint_id)
BEGIN SELECT RAISE(ABORT, 'the thread has moved on'); END
"""


class CheckpointFile(Checkpoints, SqliteSaver):
    """LangGraph's SQLite saver with pruning and the desk's guard.

    Channel values are stored whole in every checkpoint, so that a thread of 500 turns grows to 1.3 GB unpruned.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Save through this connection; `path` is for messages."""
        SqliteSaver.__init__(self, connection, serde=PlainSerializer())
        self.place = str(path)
        self._path = path
        self._in_place = InPlace(path)

    @contextmanager
    def cursor(self, transaction: bool = True) -> Iterator[sqlite3.Cursor]:  # noqa: FBT001, FBT002  LangGraph's own
        """A cursor; what was done with it is committed at the end, or rolled back if something raised.

        Raises StorageError naming the file and the remedy, and LeaseLostError if another run moved the thread on.
        """
        self._in_place.check()
        with self.lock, closing(self.conn.cursor()) as cursor:
            try:
                yield cursor
                if transaction:
                    self.conn.commit()
            except sqlite3.IntegrityError as error:
                raise LeaseLostError(MOVED_ON) from error
            except sqlite3.Error as error:
                raise explain(error, self._path) from error
            finally:
                self.conn.rollback()  # of what is left; LangGraph's own cursor commits it

    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""
        with self.cursor() as cursor:
            for table in ("writes", "checkpoints"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns = '' AND checkpoint_id < "  # noqa: S608  fixed names
                    "(SELECT MAX(checkpoint_id) FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = '')",
                    (thread_id, thread_id),
                )

    def paused_threads(self) -> list[str]:
        """Threads whose latest checkpoint holds an interrupt that was not answered, in no order."""
        # `list(None)` would hold the saver's lock while it yields and unpack every state: 2 s for 10,000 threads
        with self.cursor(transaction=False) as cursor:
            cursor.execute(
                "SELECT w.thread_id FROM writes w WHERE w.channel = '__interrupt__' AND w.checkpoint_ns = '' "
                "AND w.checkpoint_id = (SELECT MAX(checkpoint_id) FROM checkpoints c "
                "WHERE c.thread_id = w.thread_id AND c.checkpoint_ns = '') "
                "AND NOT EXISTS (SELECT 1 FROM writes r WHERE r.thread_id = w.thread_id "
                "AND r.checkpoint_id = w.checkpoint_id AND r.channel = '__resume__')"
            )
            return list({thread_id for (thread_id,) in cursor.fetchall()})

    def thread_ids(self) -> Iterator[str]:
        """Every thread that has a checkpoint, in no order."""
        with self.cursor(transaction=False) as cursor:
            cursor.execute("SELECT DISTINCT thread_id FROM checkpoints")
            found = cursor.fetchall()
        return (thread_id for (thread_id,) in found)

    def check(self) -> Check:
        """By SQLite's own quick check."""
        return file_check(self._path)

    def close(self) -> None:
        """Give the file back."""
        with self.lock:
            self.conn.close()


def open_checkpoint_file(path: Path) -> CheckpointFile:
    """Open or create the file. `synchronous=NORMAL`: a checkpoint lost to a power cut is made again from the inbox."""
    try:
        with ExitStack() as undo, FileLock(f"{path}.lock"):
            connection = undo.enter_context(closing(sqlite3.connect(path, check_same_thread=False)))
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            saver = CheckpointFile(connection, path)
            saver.setup()
            connection.execute(ONLY_THE_LATEST_GROWS)
            connection.execute("PRAGMA synchronous=NORMAL")
            path.chmod(0o600)
            undo.pop_all()
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error
    return saver
