"""The checkpoints of the graph in a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, cast

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg import Connection, Cursor
from psycopg.rows import DictRow, dict_row
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from agent.errors import LeaseLostError, StorageError
from agent.model import Check
from agent.store.checkpoints import MOVED_ON, Checkpoints
from agent.store.plain_serializer import PlainSerializer
from agent.store.postgres import CONNECT_TIMEOUT_S, STANDING, explain, postgres_url

CONNECTIONS = 8
SET_UP = 7_306_094
"""An advisory lock: one process makes the tables, the others wait."""

# Two runs that look at the same time would both find their parent to be the latest, so a thread is locked first.
ONLY_THE_LATEST_GROWS = (
    """
CREATE OR REPLACE FUNCTION only_the_latest_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE latest text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.thread_id, 7));
  SELECT max(checkpoint_id COLLATE "C") INTO latest FROM checkpoints
  WHERE thread_id = NEW.thread_id AND checkpoint_ns = NEW.checkpoint_ns;
  IF latest NOT IN (coalesce(NEW.parent_checkpoint_id, ''), NEW.checkpoint_id) THEN
    RAISE EXCEPTION 'the thread has moved on' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
""",
    """
CREATE OR REPLACE TRIGGER only_the_latest_grows BEFORE INSERT ON checkpoints
FOR EACH ROW EXECUTE FUNCTION only_the_latest_grows()
""",
)

PAUSED = """
SELECT DISTINCT w.thread_id FROM checkpoint_writes w WHERE w.channel = '__interrupt__' AND w.checkpoint_ns = ''
AND w.checkpoint_id = (SELECT max(checkpoint_id COLLATE "C") FROM checkpoints c
                       WHERE c.thread_id = w.thread_id AND c.checkpoint_ns = '')
AND NOT EXISTS (SELECT 1 FROM checkpoint_writes r WHERE r.thread_id = w.thread_id
                AND r.checkpoint_id = w.checkpoint_id AND r.channel = '__resume__')
"""


class ServerCheckpoints(Checkpoints, PostgresSaver):
    """LangGraph's PostgreSQL saver on a pool, with the desk's guard."""

    def __init__(self, url: str) -> None:
        """Make the tables if need be; raises StorageError if the database cannot be used."""
        address = postgres_url(url)
        self.place = address.set(drivername="postgresql").render_as_string(hide_password=True)
        # psycopg's own pool lets whoever asked while the server was away wait in vain after it is back
        self._engine = create_engine(
            address,
            isolation_level="AUTOCOMMIT",
            pool_size=CONNECTIONS,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_pre_ping=True,
            connect_args={
                "prepare_threshold": 0,
                "connect_timeout": CONNECT_TIMEOUT_S,
                "application_name": "triage",
                **STANDING,
            },
        )
        PostgresSaver.__init__(self, cast("Any", self._engine), serde=PlainSerializer())
        try:
            with self._cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", (SET_UP,))
                try:
                    self.setup()
                    for statement in ONLY_THE_LATEST_GROWS:
                        cursor.execute(statement)
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", (SET_UP,))
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _cursor(self, *, pipeline: bool = False) -> Iterator[Cursor[DictRow]]:
        try:
            with (
                self._connected() as connection,
                connection.pipeline() if pipeline else nullcontext(),
                connection.cursor(binary=True, row_factory=dict_row) as cursor,
            ):
                yield cursor
        except psycopg.IntegrityError as error:
            raise LeaseLostError(MOVED_ON) from error
        except (psycopg.Error, SQLAlchemyError) as error:
            raise explain(error, self.place) from error

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection of the pool, for one caller; one that broke is not put back."""
        with self._engine.connect() as lent:
            connection = cast("Connection", lent.connection.driver_connection)
            try:
                yield connection
            finally:
                if connection.closed:
                    lent.invalidate()

    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""
        self.prune([thread_id])

    def paused_threads(self) -> list[str]:
        """Threads whose latest checkpoint holds an interrupt that was not answered, in no order."""
        with self._cursor() as cursor:
            return [row["thread_id"] for row in cursor.execute(PAUSED)]

    def thread_ids(self) -> Iterator[str]:
        """Every thread that has a checkpoint, in no order."""
        with self._cursor() as cursor:
            found = cursor.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall()
        return (row["thread_id"] for row in found)

    def check(self) -> Check:
        """Whether the server answers."""
        name = "checkpoints"
        try:
            with self._cursor() as cursor:
                cursor.execute("SELECT 1")
        except StorageError as error:
            return Check(name=name, ok=False, detail=str(error), remedy="Start the server, or mend the address.")
        return Check(name=name, ok=True, detail=f"In {self.place}")

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()
