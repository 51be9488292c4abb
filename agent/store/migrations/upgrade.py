"""Bringing an old file to the schema of this version; imported only when there is one, as alembic is slow to import."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from agent.store.migrations import HEAD, mark

FOLDER = Path(__file__).resolve().parent

_one_at_a_time = Lock()  # alembic keeps the migration that runs in module globals


def keep_copy(path: Path) -> Path:
    """Copy the file as it was last committed, WAL and all, to `<file>.before-<HEAD>`, readable by its owner only.

    Raises OSError or sqlite3.Error; a former copy then stays as it was.
    """
    kept = path.with_name(f"{path.name}.before-{HEAD}")
    part = path.with_name(f"{kept.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # everything in the one file
        return part.replace(kept)
    finally:
        part.unlink(missing_ok=True)


def upgrade(connection: Connection, found: str) -> None:
    """Run what leads from revision `found` to HEAD in the transaction that the connection is in.

    Raises whatever a step raises; the caller rolls back, and all of it is undone.
    """
    if not inspect(connection).has_table("alembic_version"):
        mark(connection, found)
    with _one_at_a_time:
        command.upgrade(configuration(connection), HEAD)


def configuration(connection: Connection | None = None) -> Config:
    """What alembic has to know: where the steps lie, and the connection that `env.py` takes."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
