from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.bootstrap import Mind, open_mind
from agent.desk import Desk
from agent.settings import read_settings
from agent.store.database import Database
from tests.stand_ins import open_test_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with real graph and stores in a folder of its own, and the stand-in engine."""
    opened = open_test_desk(tmp_path / "home")
    yield opened
    opened.close()


OpenDatabase = Callable[[Path], Database]


@pytest.fixture
def open_database() -> Iterator[OpenDatabase]:
    """Open the desk's tables in a file; given back after the test."""
    opened: list[Database] = []

    def open_file(path: Path) -> Database:
        opened.append(Database(path))
        return opened[-1]

    yield open_file
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def mind() -> Mind:
    """The embedded engine and the knowledge base, from the project's own cache; trained if that is empty."""
    return open_mind(read_settings().model_copy(update={"engine": "embedded"}))
