"""INSERT … ON CONFLICT, which SQLAlchemy offers for each database by itself."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update` for the database of this connection."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
