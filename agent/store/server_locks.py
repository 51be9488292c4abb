"""Presence by advisory locks of PostgreSQL: the server frees one when the process or its machine is gone."""

import hashlib
import os
import threading
from collections.abc import Iterable
from time import monotonic
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from agent.store.postgres import CONNECT_TIMEOUT_S, STANDING, explain, postgres_url
from agent.store.presence import process_of

HELD = """
SELECT ((classid::bigint << 32) | objid::bigint) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
JUST_STARTED = "SELECT now() - pg_postmaster_start_time() < make_interval(secs => %s)"
RETURN_S = 3.0
"""After a start of the server nobody counts as dead for so long: every process has to take its lock again."""
TAKE = "SELECT pg_try_advisory_lock(%s)"
CHECKED_S = 1.0
"""How long a connection counts as standing after it answered."""


class ServerLocks:
    """This process among those that share a database; needs connections of its own, not those of a pooler.

    After the server was restarted nobody holds a lock for a moment, so nobody counts as dead for a few seconds. Should
    a process be thought dead that lives, its leases are taken over and what it still does is refused by their owner.
    """

    def __init__(self, url: str) -> None:
        """Announce this process; raises StorageError if the server cannot be reached."""
        address = postgres_url(url).set(drivername="postgresql")
        known_by: dict[str, str | int] = {
            "application_name": "triage",
            "connect_timeout": CONNECT_TIMEOUT_S,
            **STANDING,
        }
        self._conninfo = make_conninfo(address.render_as_string(hide_password=False), **known_by)
        self._place = address.render_as_string(hide_password=True)
        self._name = f"{os.getpid()}-{uuid4().hex}"
        self._guard = threading.Lock()
        self._connection: psycopg.Connection | None = None
        self._holds = False
        self._checked = 0.0
        self._standing()

    def owner(self) -> str:
        """The process by its lock, which is taken again if the server has lost it, and the thread."""
        self._standing()
        return f"{self._name}.{threading.get_ident()}"

    def is_here(self, owner: str) -> bool:
        """Whether the name in it is ours."""
        return process_of(owner) == self._name

    def dead(self, owners: Iterable[str]) -> list[str]:
        """Those whose lock nobody holds."""
        names = {owner: process_of(owner) for owner in owners}
        if not names:
            return []
        connection = self._standing()
        try:
            with self._guard:
                if connection.execute(JUST_STARTED, (RETURN_S,)).fetchone() == (True,):
                    return []
                held = {key for (key,) in connection.execute(HELD)}
        except psycopg.Error as error:
            self._checked = 0.0
            raise explain(error, self._place) from error
        return [owner for owner, name in names.items() if name != self._name and _key(name) not in held]

    def _standing(self) -> psycopg.Connection:
        try:
            with self._guard:
                if self._connection is not None and monotonic() - self._checked > CHECKED_S:
                    self._check(self._connection)
                if self._connection is None:
                    self._connection = psycopg.connect(self._conninfo, autocommit=True)
                    self._holds = False
                if not self._holds:
                    # not waited for: while the server does not know that our last connection broke, that one has it
                    (self._holds,) = self._connection.execute(TAKE, (_key(self._name),)).fetchone() or (False,)
                self._checked = monotonic()
                return self._connection
        except psycopg.Error as error:
            raise explain(error, self._place) from error

    def _check(self, connection: psycopg.Connection) -> None:
        try:
            connection.execute("SELECT 1")
        except psycopg.Error:
            connection.close()
            self._connection = None

    def close(self) -> None:
        """Leave."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
