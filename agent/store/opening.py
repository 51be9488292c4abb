"""Where tables are kept: a SQLite file, or a part of a PostgreSQL database."""

from pathlib import Path

from sqlalchemy import MetaData

from agent.store.database import Database
from agent.store.sqlite import SqliteDatabase
from agent.store.tables import metadata

Place = Path | str
"""A file, or an address like postgresql://name:password@host:5432/database."""


def open_database(place: Place, part: str = "desk", tables: MetaData = metadata) -> Database:
    """These tables in that place, made or upgraded if need be; `part` names them among others in a shared database.

    Raises ConfigurationError for an address of another kind, StorageError if the place cannot be used.
    """
    if isinstance(place, Path):
        return SqliteDatabase(place, tables)
    from agent.store.postgres import PostgresDatabase  # noqa: PLC0415  its driver is slow to import

    return PostgresDatabase(place, part, tables)
