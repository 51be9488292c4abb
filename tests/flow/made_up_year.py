"""A made-up year, and its tables as they are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import select

from agent.demo_history import Year
from agent.store.database import Database
from agent.store.tables import metadata

YEAR = Year(datetime(2026, 10, 1, tzinfo=UTC))
COUNT = 300


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def frame(database: Database, name: str) -> pd.DataFrame:
    """A table as a data frame."""
    with database.read() as connection:
        rows = connection.execute(select(metadata.tables[name])).mappings().all()
    return pd.DataFrame([dict(row) for row in rows])


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows with their columns as attributes."""
    return iter(rows.itertuples())
