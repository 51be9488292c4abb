"""A home that was moved away is never moved a second time, to somewhere else."""

from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from agent import ConfigurationError
from agent.moving.move import move
from agent.store.destination import Destination
from agent.store.home_notes import MOVED, read_note
from tests.postgres import new_database
from tests.stand_ins import open_test_desk, settings_for

pytestmark = pytest.mark.sqlite_only


def test_a_database_half_filled_from_another_home_does_not_take_one_that_was_moved_away(
    tmp_path: Path, postgres_server: str
) -> None:
    home = tmp_path / "home"
    open_test_desk(home).close()
    first, other = (new_database(postgres_server, f"t_{uuid4().hex}") for _each in range(2))
    move(settings_for(home), first)
    with closing(Destination(other)) as cut_off:
        cut_off.claim("from another home")

    with pytest.raises(ConfigurationError, match="would pay again what is paid there"):
        move(settings_for(home), other)

    assert read_note(home, MOVED) is not None
