"""Folders are taken in again every night, by one desk, and what stands in the way costs no article."""

import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.bootstrap import World
from tests.flow.intake import best, take_in
from tests.shelf import open_library_desk
from tests.stand_ins import HandClock
from tests.waiting import eventually


def test_folders_are_taken_in_again_every_night_by_one_desk(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    world = World(clock=clock)
    with (
        closing(open_library_desk(tmp_path / "home", world=world)) as desk,
        closing(open_library_desk(tmp_path / "home", world=world)) as other,
    ):
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        clock.advance(timedelta(hours=14))
        desk.library.take_in_again()
        too_early = len(desk.library.last_ingestions())
        clock.advance(timedelta(hours=2))

        both = [threading.Thread(target=one.library.take_in_again) for one in (desk, other)]
        for one in both:
            one.start()
        for one in both:
            one.join()

        runs = desk.library.last_ingestions()
        assert too_early == 1
        assert [(run.started_by, run.report.added) for run in runs] == [("desk", 1), ("kim", 1)]


def test_a_desk_that_runs_does_so_by_itself(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    with closing(open_library_desk(tmp_path / "home", world=World(clock=clock))) as desk:
        take_in(desk, folder)
        clock.advance(timedelta(days=1))

        desk.start()

        assert eventually(lambda: [run.started_by for run in desk.library.last_ingestions()] == ["desk", "kim"])


def test_a_desk_that_is_closed_meanwhile_changes_nothing_and_does_it_the_next_time(
    tmp_path: Path, folder: Path
) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    world = World(clock=clock)
    with closing(open_library_desk(tmp_path / "home", world=world)) as desk:
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        clock.advance(timedelta(days=1))
        desk.library.close()
        desk.library.take_in_again()
    with closing(open_library_desk(tmp_path / "home", world=world)) as desk:
        before = desk.articles
        desk.library.take_in_again()

        assert (before, desk.articles) == (4, 5)
        assert [run.status for run in desk.library.last_ingestions()] == ["done", "cut off", "done"]


def test_a_folder_that_is_away_at_night_keeps_its_articles(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    with closing(open_library_desk(tmp_path / "home", world=World(clock=clock))) as desk:
        take_in(desk, folder)
        (folder / "lamp.md").rename(tmp_path / "lamp.md")
        clock.advance(timedelta(days=1))
        desk.library.take_in_again()
        folder.rmdir()
        clock.advance(timedelta(days=1))
        desk.library.take_in_again()
        desk.library.take_in_again()

        whys = [(run.status, run.why.partition(".")[0]) for run in desk.library.last_ingestions()]
        assert whys == [
            ("failed", f"There is no folder {folder}"),
            ("failed", "The folder is empty now"),
            ("done", ""),
        ]
        assert best(desk) == "lamp"
