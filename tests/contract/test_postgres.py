"""What a PostgreSQL server adds to the promises that every store keeps."""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import Checkpoint, empty_checkpoint
from pydantic import SecretStr
from sqlalchemy import text

from agent.bootstrap import open_backoffice
from agent.errors import ConfigurationError, InvalidFilterError, LeaseLostError, StorageError, TakenError
from agent.settings import PROJECT, Settings
from agent.store import threads
from agent.store.checkpoint_server import ServerCheckpoints
from agent.store.migrations import HEAD
from agent.store.postgres import PostgresDatabase
from agent.store.server_locks import ServerLocks
from tests.postgres import KEY, address_of
from tests.stand_ins import MIND, REVIEWER


def checkpoint(name: str) -> Checkpoint:
    """An empty one with this id."""
    return {**empty_checkpoint(), "id": name}


AWAY = "postgresql://desk:open-sesame@127.0.0.1:1/desk"


@pytest.fixture
def url(postgres_server: str, request: pytest.FixtureRequest) -> str:
    """An empty database."""
    name = f"empty_{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return address_of(postgres_server, name)


@pytest.fixture
def database(url: str) -> Iterator[PostgresDatabase]:
    """The desk's tables in it."""
    with closing(PostgresDatabase(url)) as opened:
        yield opened


@pytest.mark.parametrize(
    "written", ["mysql://root@localhost/desk", "postgresql://localhost", "not an address", "http://localhost/desk"]
)
def test_an_address_of_another_kind_is_refused(written: str) -> None:
    with pytest.raises(ConfigurationError, match="TRIAGE_DATABASE_URL is no address like postgresql://"):
        PostgresDatabase(written)


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(StorageError, match="start the server or mend the address") as caught:
        PostgresDatabase(AWAY)

    assert "desk:***@127.0.0.1:1/desk" in str(caught.value)
    assert "open-sesame" not in str(caught.value)


def test_a_database_of_a_newer_version_is_refused_and_untouched(url: str) -> None:
    PostgresDatabase(url).close()
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StorageError, match=f"has schema 9999, this version needs {HEAD}. Nothing was changed"):
        PostgresDatabase(url)


def test_many_processes_may_open_an_empty_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _number: PostgresDatabase(url), range(8)))

    for database in opened:
        with closing(database), database.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1


@pytest.mark.parametrize("deed", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_the_audit_chain_only_grows(database: PostgresDatabase, deed: str) -> None:
    with pytest.raises(StorageError, match="append-only"), database.write() as connection:
        connection.execute(text(deed))


def test_nothing_is_found_by_a_character_that_no_text_can_hold(database: PostgresDatabase) -> None:
    with (
        pytest.raises(InvalidFilterError, match="NUL character; nothing was looked up"),
        database.read() as connection,
    ):
        threads.list_threads(connection, limit=1, search="a\0b")


def test_who_reads_cannot_write(database: PostgresDatabase) -> None:
    with pytest.raises(StorageError, match="read-only"), database.read() as connection:
        connection.execute(text("DELETE FROM threads"))


def test_writers_take_turns(database: PostgresDatabase) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE counter (n bigint)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def count_up(_number: int) -> None:
        with database.write() as connection:
            last = connection.execute(text("SELECT n FROM counter")).scalar_one()
            connection.execute(text("UPDATE counter SET n = :n"), {"n": last + 1})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(200)))

    with database.read() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar_one() == 200


def test_a_task_is_done_by_one_at_a_time(database: PostgresDatabase, url: str) -> None:
    with closing(PostgresDatabase(url)) as other:
        with (
            database.alone("articles"),
            pytest.raises(TakenError, match="nothing was changed"),
            other.alone("articles"),
        ):
            pass
        with other.alone("articles"):
            pass


def test_a_killed_process_is_known_to_be_dead_and_a_living_one_is_not(url: str) -> None:
    script = """
        import sys, time
        from agent.store.server_locks import ServerLocks
        presence = ServerLocks(sys.argv[1])
        print(presence.owner(), flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), url]
    with (
        closing(ServerLocks(url)) as here,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as other,
    ):
        assert other.stdout is not None
        owner = other.stdout.readline().strip()
        while_alive = here.dead([owner, here.owner()])
        other.send_signal(signal.SIGKILL)
        other.wait(timeout=20)
        deadline = time.monotonic() + 20
        while not here.dead([owner]) and time.monotonic() < deadline:
            time.sleep(0.05)  # right after the server's start nobody counts as dead
        afterwards = here.dead([owner, here.owner()])

    assert (while_alive, afterwards) == ([], [owner])


def test_a_process_holds_its_place_again_after_the_server_dropped_it(url: str) -> None:
    with closing(ServerLocks(url)) as one, closing(ServerLocks(url)) as other:
        owner = one.owner()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        one._checked = other._checked = 0.0  # noqa: SLF001  a second has passed

        assert one.owner() == owner
        assert other.dead([owner]) == []


def test_a_checkpoint_of_a_stalled_run_is_refused(url: str) -> None:
    with closing(ServerCheckpoints(url)) as saver:
        config: RunnableConfig = {"configurable": {"thread_id": "t", "checkpoint_ns": ""}}
        first = saver.put(config, checkpoint("1"), {}, {})
        saver.put(first, checkpoint("2"), {}, {})

        with pytest.raises(LeaseLostError, match="moved on by another process"):
            saver.put(first, checkpoint("3"), {}, {})

        latest = saver.get_tuple(config)
        assert latest is not None
        assert latest.checkpoint["id"] == "2"


def test_replicas_need_a_common_secret_key(url: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path, database_url=url)

    with pytest.raises(ConfigurationError, match="TRIAGE_SECRET_KEY is not set"):
        open_backoffice(settings, MIND)


def test_a_replica_with_another_secret_key_is_refused(url: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path, database_url=url, secret_key=SecretStr(KEY))
    with closing(open_backoffice(settings, MIND)) as office, office.database.write() as connection:
        office.audit.append(
            connection, identity=REVIEWER, action="approve", at=office.now(), thread_id=None, review_id=None, detail={}
        )
    same = open_backoffice(settings, MIND)
    same.close()

    other = settings.model_copy(update={"secret_key": SecretStr("another" * 5)})
    with pytest.raises(ConfigurationError, match="signed with another key"):
        open_backoffice(other, MIND)
