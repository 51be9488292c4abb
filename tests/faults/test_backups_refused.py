"""Homes whose files are no desk, or not that of today, and must not be taken for a backup."""

from pathlib import Path

import pytest

from agent import ConfigurationError, StorageError
from agent.archive.door import make_backup
from agent.store.home_notes import MOVED, UNFINISHED, write_note
from tests.stand_ins import open_test_desk, settings_for

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def home(tmp_path: Path) -> Path:
    desk = open_test_desk(tmp_path / "home")
    desk.chat("refund of $7 please")
    desk.close()
    return tmp_path / "home"


def test_a_half_restored_home_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    write_note(home, UNFINISHED, {"stage": "placing"})

    with pytest.raises(StorageError, match="only half restored"):
        make_backup(settings_for(home), tmp_path / "desk.zip")

    assert not (tmp_path / "desk.zip").exists()


def test_a_home_that_was_moved_away_is_not_backed_up_as_if_it_were_the_desk(home: Path, tmp_path: Path) -> None:
    write_note(home, MOVED, {"to": "postgresql://db/desk", "at": "2026-11-21T07:30:00.000000Z"})

    with pytest.raises(ConfigurationError, match="was moved to postgresql://db/desk"):
        make_backup(settings_for(home), tmp_path / "desk.zip")

    assert not (tmp_path / "desk.zip").exists()
