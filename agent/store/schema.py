"""Making the desk's tables in a new place, and bringing those of an older release to this one."""

from sqlalchemy.exc import DBAPIError

from agent.errors import StorageError
from agent.store.database import Database
from agent.store.migrations import HEAD, REVISIONS, mark, marked, unmarked
from agent.store.tables import metadata


def bring_to_head(database: Database) -> str | None:
    """Make or upgrade the desk's tables, one process at a time; gives the schema that was found, None in a new place.

    Raises StorageError, and nothing is changed then.
    """
    found = _revision(database)
    if found == HEAD:
        return found
    if found is None:
        with database.write() as connection:
            metadata.create_all(connection)
            mark(connection, HEAD)
    elif found in REVISIONS:
        _upgrade(database, found)
    else:
        message = (
            f"Database {database.name} has schema {found}, this version needs {HEAD}. "
            "Nothing was changed; use the matching version or another place."
        )
        raise StorageError(message)
    return found


def _revision(database: Database) -> str | None:
    try:
        with database.read() as connection:
            return marked(connection)
    except StorageError:  # most likely new or old; whatever else is wrong will show again
        with database.read() as connection:
            return unmarked(connection)


def _upgrade(database: Database, found: str) -> None:
    from agent.store.migrations.upgrade import upgrade  # noqa: PLC0415  alembic is slow to import

    try:
        with database.write() as connection:
            database.keep_copy()  # with the write lock held, so that nothing is written after the copy
            upgrade(connection, found)
    except Exception as error:
        reason = error if isinstance(error, StorageError | DBAPIError) else database.explain(error)
        message = f"{reason} The upgrade from schema {found} to {HEAD} was undone: everything is as it was."
        raise StorageError(message) from error
