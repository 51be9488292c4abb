"""Articles come in while the desk is asked, others take them in too, files change, and processes die."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from agent.desk import Desk
from agent.errors import ConflictError
from tests.faults.processes import kill, start
from tests.flow.intake import LAMP, QUESTION, best, take_in
from tests.shelf import ANALYST, LEAD, BagOfWords, open_library_desk
from tests.waiting import eventually


def test_a_file_that_changes_meanwhile_is_taken_as_it_was_read_and_again_the_next_time(
    library_desk: Desk, folder: Path
) -> None:
    def write_on(_share: float, doing: str) -> None:
        if doing.startswith("Indexing"):
            (folder / "lamp.md").write_text(LAMP.replace("twelve", "ninety"), encoding="utf-8")

    library_desk.library.ingest_folder(folder, LEAD, write_on)
    first = library_desk.library.search(QUESTION)[0].text

    second = take_in(library_desk, folder)

    assert "twelve" in first
    assert second.changed == 1
    assert "ninety" in library_desk.library.search(QUESTION)[0].text


def test_searches_go_on_while_articles_are_taken_in(library_desk: Desk, folder: Path, embedder: BagOfWords) -> None:
    embedder.hold.clear()
    at_it = threading.Thread(target=take_in, args=(library_desk, folder))
    at_it.start()
    assert eventually(library_desk.library.last_ingestions)

    meanwhile = best(library_desk, "how long does delivery take")
    embedder.hold.set()
    at_it.join()

    assert meanwhile == "delivery"
    assert best(library_desk) == "lamp"


def test_the_second_who_takes_articles_in_is_told_who_is_at_it(
    library_desk: Desk, folder: Path, embedder: BagOfWords, tmp_path: Path
) -> None:
    embedder.hold.clear()
    at_it = threading.Thread(target=take_in, args=(library_desk, folder))
    at_it.start()
    assert eventually(library_desk.library.last_ingestions)

    with closing(open_library_desk(tmp_path / "home")) as other:
        with pytest.raises(ConflictError, match=r"kim has, since .* Nothing was changed"):
            other.library.ingest_folder(folder, ANALYST)
        embedder.hold.set()
        at_it.join()

        assert other.library.ingest_folder(folder, ANALYST).unchanged == 1


def test_another_desk_on_the_same_home_finds_it_without_a_restart(
    library_desk: Desk, folder: Path, tmp_path: Path
) -> None:
    with closing(open_library_desk(tmp_path / "home")) as other:
        assert best(other) != "lamp"
        take_in(library_desk, folder)

        found = eventually(lambda: best(other) == "lamp")

    assert found


def hang_in_ingestion(home: str, folder: str) -> None:
    """In a process of its own: begin, and never come to an end."""
    embedder = BagOfWords()
    desk = open_library_desk(Path(home), embedder)
    embedder.hold.clear()
    desk.library.ingest_folder(Path(folder), LEAD)


def test_a_process_that_is_killed_meanwhile_leaves_the_old_index_and_no_lock(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with closing(open_library_desk(home)) as desk:
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        child = start(hang_in_ingestion, str(home), str(folder))
        begun = eventually(lambda: desk.library.last_ingestions()[0].status == "running")
        kill(child)

        old = best(desk)
        report = take_in(desk, folder)

        assert begun
        assert old == "lamp"
        assert (report.added, report.unchanged) == (1, 1)
        assert [one.status for one in desk.library.last_ingestions()] == ["done", "cut off", "done"]
        assert desk.verify_audit().ok


def test_what_was_prepared_and_is_damaged_is_made_again(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with closing(open_library_desk(home)) as desk:
        take_in(desk, folder)
        whole = desk.library.search(QUESTION)
    with closing(sqlite3.connect(home / "prepared.sqlite")) as connection, connection:
        connection.execute("UPDATE prepared SET body = x'00112233'")
    with closing(open_library_desk(home)) as desk:
        assert desk.library.search(QUESTION) == whole
