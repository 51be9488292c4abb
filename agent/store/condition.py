"""Whether a place where tables are kept is sound, and how large it is."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Index, inspect, text

from agent.errors import StorageError
from agent.model import Check
from agent.store.database import Database
from agent.store.tables import metadata

CROWDED = 0.9
"""Share of the server's connections above which another replica may find none."""


def file_check(path: Path) -> Check:
    """A SQLite file, by its own quick check."""
    name = f"database {path.name}"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        return Check(name=name, ok=False, detail=str(error), remedy=f"Restore {path} from a backup.")
    size = path.stat().st_size / 1024
    return Check(
        name=name,
        ok=verdict == "ok",
        detail=f"{verdict}, {size:,.0f} kB",
        remedy="" if verdict == "ok" else f"Restore {path} from a backup.",
    )


def tables_check(database: Database) -> Check:
    """Whether every table, column and index that this version works with is there."""
    name = "tables"
    try:
        with database.read() as connection:
            there = inspect(connection)
            columns = {table: _names(found) for (_, table), found in there.get_multi_columns().items()}
            indexes = {table: _names(found) for (_, table), found in there.get_multi_indexes().items()}
    except StorageError as error:
        return Check(name=name, ok=False, detail=str(error), remedy="See what is said of the database.")
    missing = [
        f"{table.name}.{wanted}"
        for table in metadata.sorted_tables
        for wanted in sorted(
            _keys(table.columns) - columns.get(table.name, set())
            | _keys(table.indexes) - indexes.get(table.name, set())
        )
    ]
    if missing:
        detail = f"{database.name} lacks {', '.join(missing)}."
        remedy = "It was changed by hand or made by an unreleased version. Restore a backup: python -m agent restore."
        return Check(name=name, ok=False, detail=detail, remedy=remedy)
    return Check(name=name, ok=True, detail=f"{len(metadata.tables)} tables, complete")


def _names(found: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(one["name"]) for one in found}


def _keys(wanted: Iterable[Column[Any] | Index]) -> set[str]:
    return {str(one.name) for one in wanted}


def server_check(database: Database) -> Check:
    """A PostgreSQL database: version, size, connections in use."""
    name = "database server"
    ask = (
        "SELECT current_setting('server_version'), pg_database_size(current_database()), "
        "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), "
        "current_setting('max_connections')::int, pg_is_in_recovery()"
    )
    try:
        with database.read() as connection:
            version, size, used, most, standby = connection.execute(text(ask)).one()
    except StorageError as error:
        return Check(name=name, ok=False, detail=str(error), remedy="Start the server, or mend TRIAGE_DATABASE_URL.")
    crowded = used > CROWDED * most
    remedy = "Let the server take more connections, or run fewer replicas." if crowded else ""
    if standby:
        remedy = "Point TRIAGE_DATABASE_URL at the primary server: this one only reads."
    return Check(
        name=name,
        ok=not remedy,
        detail=f"PostgreSQL {version}, {size / 1024**2:,.0f} MB, {used} of {most} connections in use",
        remedy=remedy,
    )
