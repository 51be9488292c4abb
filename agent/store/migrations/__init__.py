"""Which schema a file of the desk's tables has; alembic itself is only imported by what upgrades one."""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, Text, insert, inspect, select

from agent.store.tables import metadata

REVISIONS = ("0001", "0002", "0003")
"""Every revision that this program can bring to the last one, oldest first."""

HEAD = REVISIONS[-1]
"""The revision that `agent.store.tables` describes."""

UNKNOWN = "unknown"
"""What a file is said to have that holds the desk's tables without any mark."""

_marks = MetaData()

# alembic's own table, as alembic makes it
_version = Table(
    "alembic_version",
    _marks,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

# where releases up to 0.2.0 kept the number of the schema
_meta = Table("meta", MetaData(), Column("key", Text, primary_key=True), Column("value", Text, nullable=False))


def marked(connection: Connection) -> str:
    """The revision in alembic's table, UNKNOWN if that is empty; raises DBAPIError if there is no such table."""
    return connection.execute(select(_version.c.version_num)).scalar() or UNKNOWN


def unmarked(connection: Connection) -> str | None:
    """What a file without alembic's table has: None if it holds no table of the desk, UNKNOWN if nothing tells."""
    names = set(inspect(connection).get_table_names())
    if _version.name in names:
        return marked(connection)  # asking before failed for another reason, such as a lock
    if _meta.name in names:
        number = connection.execute(select(_meta.c.value).where(_meta.c.key == "schema")).scalar()
        return REVISIONS[0] if number in {None, "1"} else str(number)  # no number: it stopped right after making them
    return UNKNOWN if names & set(metadata.tables) else None


def mark(connection: Connection, revision: str) -> None:
    """Say in alembic's table, which is made here, that the file has this revision."""
    _marks.create_all(connection)
    connection.execute(insert(_version).values(version_num=revision))
