"""A PostgreSQL server that is there and takes nothing: it only reads, or has no connection left."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr

from agent import Decision, StorageError
from agent.bootstrap import open_backoffice
from agent.desk import Desk
from agent.settings import Settings
from tests.postgres import KEY, Server, address_of
from tests.stand_ins import MIND, REVIEWER

APPROVE = Decision(action="approve")
NAME = "refusing"


@pytest.fixture
def settings(own_server: Server, tmp_path: Path) -> Iterator[Settings]:
    """A desk in a database of its own, as a role without a superuser's privileges."""
    run(own_server, "DROP DATABASE IF EXISTS {}", "DROP ROLE IF EXISTS desk", "CREATE ROLE desk LOGIN")
    run(own_server, "CREATE DATABASE {} OWNER desk")
    url = address_of(own_server.address, NAME).replace("//postgres:", "//desk:")
    yield Settings(home=tmp_path / "home", cache=tmp_path, database_url=url, secret_key=SecretStr(KEY))
    break_connections(own_server)


def run(server: Server, *statements: str) -> None:
    with psycopg.connect(server.address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(sql.Identifier(NAME)))


def break_connections(server: Server) -> None:
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (NAME,))


@pytest.mark.parametrize(
    ("ill", "well", "said"),
    [
        (
            "ALTER DATABASE {} SET default_transaction_read_only = on",
            "ALTER DATABASE {} RESET default_transaction_read_only",
            r"read-only transaction.* use the primary server, then try again",
        ),
        (
            "ALTER DATABASE {} CONNECTION LIMIT 0",
            "ALTER DATABASE {} CONNECTION LIMIT -1",
            r"too many connections.* let the server take more connections, or run fewer replicas, then try again",
        ),
    ],
    ids=["only reads", "no connection left"],
)
def test_a_server_that_takes_nothing_is_named_with_the_remedy_and_all_goes_on_later(
    own_server: Server, settings: Settings, ill: str, well: str, said: str
) -> None:
    with closing(Desk(open_backoffice(settings, MIND), settings)) as desk:
        paused = desk.chat("refund of $7 please")
        run(own_server, ill)
        break_connections(own_server)

        with pytest.raises(StorageError, match=said):
            desk.receive("how long is delivery?", message_id="refused")
        with pytest.raises(StorageError, match=said):
            desk.decide(str(paused.review_id), APPROVE, REVIEWER)
        run(own_server, well)
        break_connections(own_server)
        stored = [turn.message_id for turn in desk.thread(paused.thread_id).turns]
        decided = desk.decide(str(paused.review_id), APPROVE, REVIEWER)

        assert stored == [paused.message_id]
        assert decided.action_result == "Refund issued: $7.00"
        assert desk.payments_made() == 1
        assert [check.name for check in desk.checks() if not check.ok] == []


def test_a_desk_does_not_open_on_a_server_that_only_reads(own_server: Server, settings: Settings) -> None:
    open_backoffice(settings, MIND).close()
    run(own_server, "ALTER DATABASE {} SET default_transaction_read_only = on")

    with pytest.raises(StorageError, match="use the primary server"):
        open_backoffice(settings, MIND)
