"""The checkpoints of the graph in their own SQLite file, pruned after every finished turn."""

import sqlite3
from pathlib import Path

from filelock import FileLock
from langgraph.checkpoint.sqlite import SqliteSaver

from agent.store.database import BUSY_TIMEOUT_MS, explain


class PrunedSqliteSaver(SqliteSaver):
    """LangGraph's SQLite saver, plus the pruning that it does not implement.

    Channel values are stored whole in every checkpoint, so that a thread of 500 turns grows to 1.3 GB unpruned.
    """

    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT MAX(checkpoint_id) FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = ''", (thread_id,)
            )
            (latest,) = cursor.fetchone()
            for table in ("checkpoints", "writes"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id <> ?",  # noqa: S608  fixed names
                    (thread_id, latest),
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

    def close(self) -> None:
        """Give the file back."""
        with self.lock:
            self.conn.close()


def open_checkpoints(path: Path) -> PrunedSqliteSaver:
    """Open or create the file. `synchronous=NORMAL`: a checkpoint lost to a power cut is made again from the inbox."""
    try:
        with FileLock(f"{path}.lock"):
            connection = sqlite3.connect(path, check_same_thread=False)
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            saver = PrunedSqliteSaver(connection)
            saver.setup()
            connection.execute("PRAGMA synchronous=NORMAL")
            path.chmod(0o600)
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error
    return saver
