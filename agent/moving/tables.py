"""Rows of tables from one database into another, and whether they are the same in both."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, text

from agent.canonical import canonical_json
from agent.model import MovedTable

BATCH = 1000


def empty_table(target: Connection, table: Table) -> None:
    """Take out what making the tables has put in; the audit chain, into which nothing was, allows no deletion."""
    if target.execute(select(func.count()).select_from(table)).scalar_one():
        target.execute(delete(table))


def copy_table(source: Connection, target: Connection, table: Table) -> str:
    """All rows, and where numbers go on; gives the digest of what was read."""
    digest = hashlib.sha256()
    for page in _pages(source, table):
        target.execute(insert(table), [dict(row._mapping) for row in page])  # noqa: SLF001  SQLAlchemy's documented way
        _take_in(digest, page)
    for column in table.primary_key.columns:
        if column.autoincrement is True:
            _go_on_after(target, table, column.name)
    return digest.hexdigest()


def compare_table(source: Connection, target: Connection, table: Table, digest: str) -> MovedTable:
    """Count on both sides and read the target again."""
    counted = select(func.count()).select_from(table)
    read_again = hashlib.sha256()
    for page in _pages(target, table):
        _take_in(read_again, page)
    return MovedTable(
        name=table.name,
        rows_before=source.execute(counted).scalar_one(),
        rows_after=target.execute(counted).scalar_one(),
        sha256_before=digest,
        sha256_after=read_again.hexdigest(),
    )


def _pages(connection: Connection, table: Table) -> Iterator[list[Row[tuple[object, ...]]]]:
    """By primary key, which both databases order by bytes."""
    ordered = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    with connection.execute(ordered) as found:
        for page in found.partitions():
            yield list(page)


def _take_in(digest: "hashlib._Hash", page: list[Row[tuple[object, ...]]]) -> None:
    for row in page:
        digest.update(canonical_json(list(row)).encode() + b"\n")


def _go_on_after(target: Connection, table: Table, column: str) -> None:
    """The next number after the highest one, as in a SQLite file."""
    highest = target.execute(select(func.max(table.c[column]))).scalar()
    if highest is not None:
        named = {"table": table.name, "column": column, "highest": highest}
        target.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"), named)
