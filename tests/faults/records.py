"""What the files of a desk say, read past the desk's own code."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from tests.postgres import place_for

FILES = ("desk.sqlite", "checkpoints.sqlite", "payments.sqlite", "shop.sqlite")


class Money(NamedTuple):
    """Review ids by where a refund shows; lists, so that anything doubled is seen."""

    approved: list[str]
    entered: list[str]
    paid: list[str]
    told: list[str]

    def agrees(self) -> bool:
        """Whether each approved refund was entered, paid and told exactly once, and nothing else was."""
        return self.approved == self.entered == self.paid == self.told


def query(path: Path, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """All rows of a query on one file, or on the database that stands for its home."""
    url = place_for(path.parent)
    if url:
        with psycopg.connect(url, row_factory=tuple_row) as server:
            return server.execute(sql.replace("%", "%%").replace("?", "%s"), list(parameters)).fetchall()
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return connection.execute(sql, parameters).fetchall()


def change(path: Path, sql: str, parameters: Sequence[Any] = ()) -> None:
    """Change something past the desk, as somebody with access to the database could."""
    url = place_for(path.parent)
    if url:
        with psycopg.connect(url) as server:
            server.execute(sql.replace("%", "%%").replace("?", "%s"), list(parameters))
        return
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        connection.execute(sql, parameters)


def everything_kept(home: Path) -> list[Any]:
    """Every row of every table."""
    url = place_for(home)
    if not url:
        return [list(_dump(home / name)) for name in FILES if (home / name).exists()]
    with psycopg.connect(url, row_factory=tuple_row) as server:
        names = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        ask = "SELECT * FROM {}"
        return [(name, sorted(map(str, server.execute(SQL(ask).format(Identifier(name)))))) for name in sorted(names)]


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return list(connection.iterdump())


def money(home: Path) -> Money:
    """Where refunds show in the desk's tables, in its events and in the payments book."""
    desk = home / "desk.sqlite"
    approved = query(
        desk,
        "SELECT d.review_id FROM decisions d JOIN reviews r USING (review_id) "
        "WHERE r.kind = 'refund' AND d.action IN ('approve', 'edit')",
    )
    told = query(desk, "SELECT r.review_id FROM events e JOIN reviews r USING (turn_id) WHERE e.type = 'REFUND_ISSUED'")
    entered = query(desk, "SELECT review_id FROM ledger WHERE reference IS NOT NULL")
    paid = query(home / "payments.sqlite", "SELECT substr(key, length('refund:') + 1) FROM payouts")
    return Money(*(sorted(row[0] for row in rows) for rows in (approved, entered, paid, told)))


def damaged_files(home: Path) -> list[str]:
    """The files that do not pass SQLite's whole integrity check, with what it said."""
    if place_for(home):
        return []  # the server's own files are not ours to judge
    present = [name for name in FILES if (home / name).exists()]
    verdicts = {name: query(home / name, "PRAGMA integrity_check") for name in present}
    return [f"{name}: {verdict}" for name, verdict in verdicts.items() if verdict != [("ok",)]]


def append_line(path: Path, entry: dict[str, Any]) -> None:
    """Add a line that is on the disk once this returns."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a log that its writer may have been killed in the middle of."""
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")
    return [json.loads(line) for line in whole.splitlines()]
