"""backup, restore and move, on the command line."""

from pathlib import Path
from uuid import uuid4

import pytest

from agent import ConfigurationError, ConflictError, StorageError
from tests.command_line.conftest import Run
from tests.postgres import KEY, new_database
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the commands work: a refund waits."""
    desk = open_test_desk(tmp_path / "home")
    desk.chat("refund of $7 please")
    desk.close()
    return tmp_path / "home"


def test_a_backup_is_made_and_restored_elsewhere(home: Path, tmp_path: Path, run: Run) -> None:
    file, new = tmp_path / "desk.zip", tmp_path / "new"

    made = run("backup", str(file), "--json")
    restored = run("restore", str(file), "--json", TRIAGE_HOME=str(new))

    assert (made.code, restored.code) == (0, 0)
    assert made.document["bytes"] == file.stat().st_size
    assert (made.document["paused_threads"], made.document["rows"]["reviews"]) == (1, 1)
    assert restored.document["files"] == made.document["files"]
    assert "Copying desk.sqlite" in made.err
    assert [review.status for review in open_test_desk(new).queue()] == ["pending"]
    assert home.exists()


def test_a_backup_is_told_plainly(home: Path, tmp_path: Path, run: Run) -> None:
    said = run("backup", str(tmp_path / "desk.zip"))
    put_back = run("restore", str(tmp_path / "desk.zip"), "--replace")

    assert "1 messages, 1 reviews" in said.out
    assert "1 paused threads, 1 entries of the audit chain, verified" in said.out
    assert "Payments and tickets made after that moment stand elsewhere" in put_back.out
    assert len(list(home.glob("replaced-*"))) == 1


def test_what_cannot_be_restored_says_why(home: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "letter.zip").write_text("Dear all", encoding="utf-8")

    absent = run("restore", str(tmp_path / "none.zip"), TRIAGE_HOME=str(tmp_path / "new"))
    strange = run("restore", str(tmp_path / "letter.zip"), TRIAGE_HOME=str(tmp_path / "new"))
    full = run("restore", str(tmp_path / "letter.zip"))

    assert (absent.code, strange.code, full.code) == (
        StorageError.exit_code,
        StorageError.exit_code,
        ConflictError.exit_code,
    )
    assert "No such file" in absent.err
    assert "cannot be restored" in strange.err
    assert f"{home} holds a desk. Nothing was changed" in full.err


def test_a_backup_of_what_lies_elsewhere_names_what_to_do_instead(home: Path, tmp_path: Path, run: Run) -> None:
    file = str(tmp_path / "desk.zip")

    server = run("backup", file, TRIAGE_DATABASE_URL="postgresql://desk:open-sesame@localhost/desk")
    table = run("backup", file, TRIAGE_DATABASE_URL="", TRIAGE_CHECKPOINT_URL="dynamodb://desk?region=eu-central-1")

    assert home.exists()
    assert server.code == ConfigurationError.exit_code
    assert "pg_dump --format=custom" in server.err
    assert "open-sesame" not in server.err
    assert "point-in-time recovery of the DynamoDB table" in table.err


def test_a_desk_is_moved_and_every_table_is_told(home: Path, run: Run, postgres_server: str) -> None:
    url = new_database(postgres_server, f"c_{uuid4().hex}")

    moved = run("move", "--to", url, "--json")
    again = run("move", "--to", url)

    assert moved.code == 0
    assert moved.document["same"] is True
    assert {table["name"]: table["rows_after"] for table in moved.document["tables"]}["reviews"] == 1
    assert moved.document["paused_threads"] == 1
    assert "Copying inbox" in moved.err
    assert again.code == ConfigurationError.exit_code
    assert f"desk in {home} was moved to" in again.err


def test_a_move_without_a_place_to_go_to_says_so(home: Path, run: Run) -> None:
    said = run("move")

    assert home.exists()
    assert said.code == ConfigurationError.exit_code
    assert "name it: python -m agent move --to postgresql://" in said.err
    assert KEY not in said.err
