"""`migrate` says what it found, on files and on a server; `prepare` touches the cache alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from agent.bootstrap import upgrade_tables
from agent.errors import StorageError
from agent.settings import Settings
from agent.store.migrations import HEAD
from tests.command_line.conftest import Run, run
from tests.postgres import address_of
from tests.unit.test_migrations import a_past_desk

__all__ = ["run"]


def test_a_new_home_gets_tables_and_the_next_time_nothing_is_left_to_do(run: Run) -> None:
    made, again = run("migrate", "--json"), run("migrate")

    assert (made.code, again.code) == (0, 0)
    assert made.document["found"] is None
    assert made.document["schema_now"] == HEAD
    assert again.out.endswith(f"desk.sqlite: schema {HEAD}, nothing to do\n")


def test_the_tables_of_a_past_release_are_brought_here_and_both_schemas_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    a_past_desk(tmp_path / "home" / "desk.sqlite")

    ran = run("migrate")

    assert ran.code == 0, ran.err
    assert ran.out.endswith(f"desk.sqlite: brought from schema 0001 to {HEAD}\n")
    assert (tmp_path / "home" / f"desk.sqlite.before-{HEAD}").exists()


def test_prepare_fills_the_cache_and_opens_no_desk(run: Run, tmp_path: Path) -> None:
    ran = run("prepare", "--json")

    assert ran.document["articles"] > 0
    assert any(Path(ran.document["cache"]).glob("engine-*/manifest.json"))
    assert not (tmp_path / "home").exists()


def test_a_newer_database_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    run("migrate")
    with closing(sqlite3.connect(tmp_path / "home" / "desk.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    refused = run("migrate")

    assert refused.code > 0
    assert "has schema 9999, this version needs" in refused.err
    assert "Nothing was changed" in refused.err


def test_on_a_server_no_key_is_needed_and_the_password_stays_out_of_what_is_said(
    postgres_server: str, tmp_path: Path
) -> None:
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE to_migrate")
    settings = Settings(home=tmp_path / "home", database_url=address_of(postgres_server, "to_migrate"))

    made, again = upgrade_tables(settings), upgrade_tables(settings)

    assert (made.found, made.schema_now) == (None, HEAD)
    assert again.found == HEAD
    assert "to_migrate" in made.place


def test_a_server_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    away = Settings(home=tmp_path / "home", database_url="postgresql://desk:open-sesame@127.0.0.1:1/desk")

    with pytest.raises(StorageError) as refusal:
        upgrade_tables(away)

    assert "open-sesame" not in str(refusal.value)
    assert "start the server" in str(refusal.value)
