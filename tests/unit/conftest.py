from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.insights.facts import FactBook
from agent.insights.rows import Slice, Snapshot
from agent.store.database import Database
from agent.store.sqlite import SqliteDatabase
from tests.unit.march import ALL, NOW, STEPS, fill


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The desk in March, for a test that changes it."""
    with closing(SqliteDatabase(tmp_path / "desk.sqlite")) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def book(database: Database) -> FactBook:
    """The facts of that desk."""
    return FactBook(database, STEPS)


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The facts of the desk in March, for tests that only read them."""
    with closing(SqliteDatabase(tmp_path_factory.mktemp("march") / "desk.sqlite")) as opened:
        fill(opened)
        yield Snapshot(FactBook(opened, STEPS).read(NOW))


@pytest.fixture(scope="session")
def everything(march: Snapshot) -> Slice:
    """All of them."""
    return march.cut(ALL)
