import sqlite3
from pathlib import Path

import pytest

from agent.errors import StorageError
from agent.model import Identity
from agent.store.audit import AuditChain
from tests.conftest import OpenDatabase

ROBIN = Identity(subject="robin", role="reviewer", source="command-line")


def a_chain(folder: Path, open_database: OpenDatabase, entries: int = 5) -> AuditChain:
    database = open_database(folder / "desk.sqlite")
    chain = AuditChain(database, b"key", folder / "anchor")
    for number in range(entries):
        with database.write() as connection:
            chain.append(
                connection,
                identity=ROBIN,
                action="approve",
                at="2026-11-01T00:00:00.000Z",
                thread_id=None,
                review_id=str(number),
                detail={},
            )
        chain.anchor_head()
    return chain


def tamper(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "desk.sqlite")
    for trigger in ("audit_no_update", "audit_no_delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_untouched_chain_holds(tmp_path: Path, open_database: OpenDatabase) -> None:
    report = a_chain(tmp_path, open_database).verify()

    assert (report.ok, report.entries, report.anchored_seq) == (True, 5, 5)


@pytest.mark.parametrize(
    ("deed", "broken_at"),
    [
        ("UPDATE audit SET actor = 'eve' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{}' WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("UPDATE audit SET seq = 9 WHERE seq = 5", 5),
    ],
)
def test_a_changed_chain_is_found_at_the_entry(
    tmp_path: Path, deed: str, broken_at: int, open_database: OpenDatabase
) -> None:
    chain = a_chain(tmp_path, open_database)
    tamper(tmp_path, deed)

    report = chain.verify()

    assert (report.ok, report.broken_at) == (False, broken_at)


def test_a_cut_tail_is_found_by_the_anchor(tmp_path: Path, open_database: OpenDatabase) -> None:
    chain = a_chain(tmp_path, open_database)
    tamper(tmp_path, "DELETE FROM audit WHERE seq > 3")

    report = chain.verify()

    assert (report.ok, report.broken_at) == (False, 4)


def test_another_key_does_not_verify(tmp_path: Path, open_database: OpenDatabase) -> None:
    a_chain(tmp_path, open_database)

    other = AuditChain(open_database(tmp_path / "desk.sqlite"), b"other key", tmp_path / "anchor")

    assert other.verify().broken_at == 1


def test_entries_cannot_be_changed_through_the_front_door(tmp_path: Path, open_database: OpenDatabase) -> None:
    a_chain(tmp_path, open_database)
    connection = sqlite3.connect(tmp_path / "desk.sqlite")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE audit SET actor = 'eve'")
    connection.close()


def test_a_damaged_anchor_is_named(tmp_path: Path, open_database: OpenDatabase) -> None:
    chain = a_chain(tmp_path, open_database)
    (tmp_path / "anchor").write_text("nonsense")

    with pytest.raises(StorageError, match="anchor"):
        chain.verify()
