import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, event, insert, inspect, select

from agent.errors import StorageError
from agent.names import subject_key
from agent.store.migrations import HEAD, REVISIONS
from agent.store.migrations.upgrade import configuration
from agent.store.sqlite import SqliteDatabase
from agent.store.tables import audit, decisions, reviews, views
from tests.conftest import OpenDatabase

pytestmark = pytest.mark.sqlite_only

PROJECT = Path(__file__).resolve().parents[2]
RELEASES = ("0.1.0", "0.2.0")
OPENING = "import sys, pathlib; from agent.store.sqlite import SqliteDatabase as D; D(pathlib.Path(sys.argv[1]))"

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as SQLite itself shows it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def a_past_desk(path: Path, release: str = "0.2.0") -> Path:
    """What a past release left behind, with more reviews and decisions than its golden thread had."""
    dump = (PROJECT / "tests" / "golden" / release / "desk.sql").read_text(encoding="utf-8")
    with plain(path) as connection:
        connection.executescript("PRAGMA journal_mode=WAL;" + dump)
        for name, kind, status in (
            ("draft", "draft", "pending"),
            ("paid", "refund", "applied"),
            ("answered", "escalation", "applied"),
        ):
            copied = dict(connection.execute("SELECT * FROM reviews WHERE seq = 1").fetchone())
            copied |= {"seq": None, "review_id": name, "interrupt_id": name, "kind": kind, "status": status}
            write(connection, "reviews", copied)
        for review, subject in (("paid", "  \uff32obin  Meyer "), ("answered", "STRASSE")):
            write(connection, "decisions", a_past_decision(review, subject))
        connection.commit()
    return path


def a_past_decision(review: str, subject: str) -> dict[str, Any]:
    return {
        "review_id": review,
        "action": "approve",
        "note": "seen the photo",
        "amount_minor": 24000,
        "currency": "USD",
        "subject": subject,
        "role": "reviewer",
        "source": "demo-switch",
        "payload_sha256": "0" * 64,
        "decided_at": f"2026-11-01T12:00:0{len(review)}.000Z",
    }


def write(connection: sqlite3.Connection, name: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{key}" for key in row)
    connection.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608  our own names


def rows_of(path: Path) -> Rows:
    with plain(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1")]  # noqa: S608  names from SQLite
            for name in names
        }


def dump_of(path: Path) -> list[str]:
    with plain(path) as connection:
        return list(connection.iterdump())


def shape_of(path: Path) -> dict[str, Any]:
    """Columns, keys, indexes and triggers of a file in an order of their own."""
    engine = create_engine(f"sqlite:///{path}")
    looked = inspect(engine)
    shape: dict[str, Any] = {}
    for name in looked.get_table_names():
        shape[name] = {
            "columns": sorted(map(str, looked.get_columns(name))),
            "key": looked.get_pk_constraint(name),
            "unique": sorted(map(str, looked.get_unique_constraints(name))),
            "checks": sorted(map(str, looked.get_check_constraints(name))),
        }
    engine.dispose()
    with plain(path) as connection:
        for kind in ("index", "trigger"):
            made = connection.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = ?", (kind,))
            shape[kind] = sorted(map(str, map(tuple, made)))
    return shape


@pytest.mark.parametrize("release", RELEASES)
def test_an_upgraded_file_has_the_shape_of_a_new_one(release: str, tmp_path: Path, open_database: OpenDatabase) -> None:
    old = a_past_desk(tmp_path / "old.sqlite", release)

    open_database(old)

    new = tmp_path / "new.sqlite"
    open_database(new)
    assert shape_of(old) == shape_of(new)
    assert rows_of(old)["alembic_version"] == rows_of(new)["alembic_version"] == [{"version_num": HEAD}]


@pytest.mark.parametrize("release", RELEASES)
def test_an_upgrade_keeps_every_row(release: str, tmp_path: Path, open_database: OpenDatabase) -> None:
    old = a_past_desk(tmp_path / "desk.sqlite", release)
    before = rows_of(old)

    open_database(old)

    after = rows_of(old)
    assert before.pop("meta") == [{"key": "schema", "value": "1"}]
    for name, rows in before.items():
        kept = [{key: row[key] for key in rows[0]} for row in after[name]] if rows else after[name]
        assert sorted(map(str, kept)) == sorted(map(str, rows))
    assert "meta" not in after


def test_past_decisions_sit_on_the_first_seat_under_the_key_of_their_person(
    tmp_path: Path, open_database: OpenDatabase
) -> None:
    database = open_database(a_past_desk(tmp_path / "desk.sqlite"))

    with database.read() as connection:
        found = connection.execute(select(decisions).order_by(decisions.c.decision_id)).mappings().all()

    assert [(row["review_id"], row["seat"], row["subject_key"]) for row in found] == [
        ("paid", 1, "robin meyer"),
        ("answered", 1, "strasse"),
    ]
    assert all(row["subject_key"] == subject_key(row["subject"]) for row in found)
    assert {(row["changes"], row["seen_at"], row["withdrawn_at"]) for row in found} == {("[]", None, None)}


def test_waiting_reviews_go_to_the_team_of_their_kind(tmp_path: Path, open_database: OpenDatabase) -> None:
    database = open_database(a_past_desk(tmp_path / "desk.sqlite"))

    with database.read() as connection:
        teams = select(reviews.c.kind, reviews.c.team).where(reviews.c.status == "pending").order_by(reviews.c.seq)
        found = [tuple(row) for row in connection.execute(teams)]

    assert found == [("refund", "billing"), ("escalation", "technical"), ("draft", "technical")]


def test_the_audit_chain_stays_append_only(tmp_path: Path, open_database: OpenDatabase) -> None:
    database = open_database(a_past_desk(tmp_path / "desk.sqlite"))

    for change in (audit.delete(), audit.update().values(actor="nobody")):
        with pytest.raises(StorageError, match="append-only"), database.write() as connection:
            connection.execute(change)


def test_a_copy_of_the_old_file_is_kept_with_what_lay_in_its_wal(tmp_path: Path, open_database: OpenDatabase) -> None:
    old = a_past_desk(tmp_path / "desk.sqlite")
    with plain(old) as writer:
        writer.execute("PRAGMA wal_autocheckpoint=0")
        write(writer, "decisions", a_past_decision("late", "Kim"))
        writer.commit()
        before = dump_of(old)

        open_database(old)

    kept = tmp_path / f"desk.sqlite.before-{HEAD}"
    assert dump_of(kept) == before
    assert any("'late'" in line for line in before)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("*.before-*")] == [kept.name]


def test_a_copy_put_back_is_upgraded_again(tmp_path: Path, open_database: OpenDatabase) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    open_database(path).close()
    after = dump_of(path)

    shutil.copy(tmp_path / f"desk.sqlite.before-{HEAD}", path)
    open_database(path)

    assert dump_of(path) == after


@pytest.mark.parametrize("revision", ["9999", ""])
def test_a_file_of_a_newer_version_is_refused_and_untouched(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    SqliteDatabase(path).close()
    with plain(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
    path.chmod(0o640)
    before = path.read_bytes()

    with pytest.raises(StorageError, match=f"has schema .*, this version needs {HEAD}. Nothing was changed; use"):
        SqliteDatabase(path)

    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_with_another_number_in_its_old_mark_is_refused_and_untouched(tmp_path: Path) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    with plain(path) as connection:
        connection.execute("UPDATE meta SET value = '7'")
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(StorageError, match="has schema 7, this version needs"):
        SqliteDatabase(path)

    assert path.read_bytes() == before


def test_tables_that_nobody_marked_are_refused_and_untouched(tmp_path: Path) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    with plain(path) as connection:
        connection.execute("DROP TABLE meta")
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(StorageError, match="has schema unknown"):
        SqliteDatabase(path)

    assert path.read_bytes() == before


def test_a_past_release_that_stopped_before_its_mark_is_upgraded(tmp_path: Path, open_database: OpenDatabase) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    with plain(path) as connection:
        connection.execute("DELETE FROM meta")
        connection.commit()

    open_database(path)

    assert rows_of(path)["alembic_version"] == [{"version_num": HEAD}]


def test_a_file_that_alembic_marked_as_older_is_upgraded(tmp_path: Path, open_database: OpenDatabase) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    with plain(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISIONS[0],))
        connection.commit()

    open_database(path)

    assert rows_of(path)["alembic_version"] == [{"version_num": HEAD}]


@pytest.mark.parametrize(
    "obstacle",
    [
        "CREATE TABLE people (name TEXT)",  # met by the last step but one
        "CREATE TABLE other (x); CREATE INDEX decisions_by_time ON other (x)",
        "ALTER TABLE decisions RENAME COLUMN subject TO who",
    ],
)
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(obstacle: str, tmp_path: Path) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    with plain(path) as connection:
        connection.executescript(obstacle)
    before = dump_of(path)

    with pytest.raises(StorageError, match=f"to {HEAD} was undone: everything is as it was"):
        SqliteDatabase(path)

    assert dump_of(path) == before
    assert dump_of(tmp_path / f"desk.sqlite.before-{HEAD}") == before


def test_without_room_for_the_copy_nothing_is_upgraded(tmp_path: Path) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    (tmp_path / f"desk.sqlite.before-{HEAD}").mkdir()
    before = dump_of(path)

    with pytest.raises(StorageError, match="was undone"):
        SqliteDatabase(path)

    assert dump_of(path) == before
    assert not list(tmp_path.glob("*.part"))


def test_processes_that_upgrade_at_once_upgrade_once(tmp_path: Path) -> None:
    path = a_past_desk(tmp_path / "desk.sqlite")
    decided = len(rows_of(path)["decisions"])

    running = [subprocess.Popen([sys.executable, "-c", OPENING, path], cwd=PROJECT) for _ in range(3)]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert len(rows_of(path)["decisions"]) == decided
    assert rows_of(path)["alembic_version"] == [{"version_num": HEAD}]
    assert rows_of(tmp_path / f"desk.sqlite.before-{HEAD}")["meta"] == [{"key": "schema", "value": "1"}]


def test_opening_a_new_or_current_file_does_not_import_alembic(tmp_path: Path) -> None:
    script = f"{OPENING}; D(pathlib.Path(sys.argv[1])); print('alembic' in sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "desk.sqlite"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "False"


def test_opening_a_current_file_is_one_select(tmp_path: Path, open_database: OpenDatabase) -> None:
    open_database(tmp_path / "desk.sqlite")
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_further: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    open_database(tmp_path / "desk.sqlite")
    event.remove(Engine, "before_cursor_execute", listen)

    assert [statement.split()[0] for statement in asked if not statement.startswith("BEGIN")] == ["SELECT"]


def test_files_of_other_tables_are_not_versioned(tmp_path: Path) -> None:
    other = MetaData()
    views.to_metadata(other)

    database = SqliteDatabase(tmp_path / "other.sqlite", other)
    with database.write() as connection:
        connection.execute(insert(other.tables["views"]).values(review_id="r", subject_key="k", seen_at="t"))
    database.close()

    assert list(rows_of(database.path)) == ["views"]


def test_the_known_revisions_are_the_steps_that_lie_here() -> None:
    scripts = ScriptDirectory.from_config(configuration())

    assert scripts.get_heads() == [HEAD]
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
