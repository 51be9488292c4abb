"""More deeds at once than a process has connections."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from agent.errors import StorageError
from tests.stand_ins import open_test_desk

CONNECTIONS = 32


@pytest.mark.long
def test_whoever_finds_no_connection_is_told_so_and_may_try_again(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    database = desk._office.database  # noqa: SLF001  nothing at the door holds a connection for so long

    with ExitStack() as held:
        for _ in range(CONNECTIONS):
            held.enter_context(database.read())
        with pytest.raises(StorageError, match=r"All connections are in use.*wait a moment"):
            desk.chat("how long does delivery take?")

    assert desk.chat("how long does delivery take?").reply
    desk.close()
