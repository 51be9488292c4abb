"""Opening the shop's file: a new one is filled, one of the previous release made anew, ours left as it is."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect

from agent.adapters.builtin.shop.demo import DemoData, read_demo
from agent.adapters.builtin.shop.filling import fill
from agent.adapters.builtin.shop.tables import SHOP_VERSION, tables
from agent.errors import StorageError
from agent.store.database import Database

FIRST_RELEASE = 0
FIRST_TABLES = frozenset({"customers", "orders", "order_items", "order_refunds"})
"""What the first release kept; all of it came from the demo data, nothing was ever written to it."""


def open_shop(path: Path, demo: Path, now: datetime) -> Database:
    """The shop's file, filled from the JSON files in `demo` as of `now` if it is new or of the first release.

    Raises ConfigurationError if the demo data is needed and damaged, StorageError if the file is unusable, of a newer
    release or not a shop's; nothing is changed then.
    """
    database = Database(path, MetaData())  # the tables are made with their contents, in one transaction
    with ExitStack() as undo:
        undo.callback(database.close)
        with database.read() as connection:
            ready = _is_ready(connection, path)
        if not ready:
            _make(database, read_demo(demo), now)
        undo.pop_all()
    return database


def _make(database: Database, demo: DemoData, now: datetime) -> None:
    with database.write() as connection:
        if _is_ready(connection, database.path):  # another process was faster
            return
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f"DROP TABLE {name}")
        tables.create_all(connection)
        fill(connection, demo, now)
        connection.exec_driver_sql(f"PRAGMA user_version = {SHOP_VERSION}")


def _is_ready(connection: Connection, path: Path) -> bool:
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found == SHOP_VERSION:
        return True
    strange = set(inspect(connection).get_table_names()) - FIRST_TABLES
    if found != FIRST_RELEASE or strange:
        message = (
            f"Order store {path} is none that this release knows: version {found}, {SHOP_VERSION} is needed. "
            "Nothing was changed; use the matching release or another TRIAGE_HOME."
        )
        raise StorageError(message)
    return False
