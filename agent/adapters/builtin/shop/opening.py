"""Opening the shop's tables: new ones are filled, those of the first release made anew, ours left as they are."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select

from agent.adapters.builtin.shop.demo import DemoData, read_demo
from agent.adapters.builtin.shop.filling import fill
from agent.adapters.builtin.shop.tables import SHOP_VERSION, tables
from agent.errors import StorageError
from agent.store.columns import Integer
from agent.store.database import Database
from agent.store.opening import Place, open_database

FIRST_RELEASE = 0
FIRST_TABLES = frozenset({"customers", "orders", "order_items", "order_refunds"})
"""What the first release kept; all of it came from the demo data, nothing was ever written to it."""

_version = Table("shop_version", MetaData(), Column("version", Integer, nullable=False))
"""Where there is no `user_version`."""


def open_shop(place: Place, demo: Path, now: datetime) -> Database:
    """The shop's tables, filled from the JSON files in `demo` as of `now` if they are new or of the first release.

    Raises ConfigurationError if the demo data is needed and damaged, StorageError if the place is unusable, of a newer
    release or not a shop's; nothing is changed then.
    """
    database = open_database(place, "shop", MetaData())  # the tables are made with their contents, in one transaction
    with ExitStack() as undo:
        undo.callback(database.close)
        with database.read() as connection:
            ready = _is_ready(connection, database.name)
        if not ready:
            _make(database, read_demo(demo), now)
        undo.pop_all()
    return database


def _make(database: Database, demo: DemoData, now: datetime) -> None:
    with database.write() as connection:
        if _is_ready(connection, database.name):  # another process was faster
            return
        for name in set(inspect(connection).get_table_names()) & FIRST_TABLES:
            connection.exec_driver_sql(f"DROP TABLE {name}")
        tables.create_all(connection)
        fill(connection, demo, now)
        _mark(connection)


def _mark(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {SHOP_VERSION}")
        return
    _version.create(connection)
    connection.execute(insert(_version).values(version=SHOP_VERSION))


def _is_ready(connection: Connection, name: str) -> bool:
    found, strange = _found(connection)
    if found == SHOP_VERSION:
        return True
    if found != FIRST_RELEASE or strange:
        message = (
            f"Order store {name} is none that this release knows: version {found}, {SHOP_VERSION} is needed. "
            "Nothing was changed; use the matching release or another place."
        )
        raise StorageError(message)
    return False


def _found(connection: Connection) -> tuple[int, bool]:
    """The version, and whether there are tables that nobody should replace."""
    names = set(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("PRAGMA user_version").scalar_one(), bool(names - FIRST_TABLES)
    if _version.name in names:
        return connection.execute(select(_version.c.version)).scalar_one(), False
    return FIRST_RELEASE, bool(names & set(tables.tables))
