import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent.bootstrap import Mind, open_mind
from agent.desk import Desk
from agent.settings import read_settings
from agent.store.database import Database
from agent.store.opening import open_database as open_tables
from tests.dynamodb import CREDENTIALS, ENDPOINT, running_dynamodb
from tests.postgres import SERVER, place_for, running_server
from tests.stand_ins import OPENED, open_test_desk

_running = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--store` runs the same tests on a real PostgreSQL server, or with the checkpoints in DynamoDB."""
    stores = ("sqlite", "postgres", "dynamodb")
    parser.addoption("--store", choices=stores, default="sqlite", help="where desks keep tables and checkpoints")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once; the processes that help with the tests find it in the environment."""
    os.environ.update(CREDENTIALS)  # noqa: TID251  for child processes
    if hasattr(config, "workerinput"):
        return
    if config.getoption("--store") == "postgres":
        os.environ[SERVER] = _running.enter_context(running_server()).address  # noqa: TID251  as above
    if config.getoption("--store") == "dynamodb":
        os.environ[ENDPOINT] = _running.enter_context(running_dynamodb())  # noqa: TID251  as above


def pytest_unconfigure() -> None:
    """Stop it."""
    _running.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite files when there are none, or not all of them."""
    if config.getoption("--store") != "sqlite":
        skip = pytest.mark.skip(reason="about SQLite files")
        for item in items:
            if item.get_closest_marker("sqlite_only"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server: the one that the tests run on anyway, else one of its own."""
    running = os.environ.get(SERVER)  # noqa: TID251  set for the tests alone
    if running:
        yield running
        return
    with running_server() as server:
        yield server.address


@pytest.fixture(scope="session")
def dynamodb_server() -> Iterator[str]:
    """The address of a server that speaks DynamoDB's API, as above."""
    running = os.environ.get(ENDPOINT)  # noqa: TID251  as above
    if running:
        yield running
        return
    with running_dynamodb() as endpoint:
        yield endpoint


@pytest.fixture(autouse=True)
def _give_back() -> Iterator[None]:
    """Close what a test opened and left open."""
    before = len(OPENED)
    yield
    while len(OPENED) > before:
        OPENED.pop().close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with real graph and stores in a folder of its own, and the stand-in engine."""
    opened = open_test_desk(tmp_path / "home")
    yield opened
    opened.close()


OpenDatabase = Callable[[Path], Database]


@pytest.fixture
def open_database() -> Iterator[OpenDatabase]:
    """Open the desk's tables in a file, or in the database that stands for it; given back after the test."""
    opened: list[Database] = []

    def open_place(path: Path) -> Database:
        opened.append(open_tables(place_for(path) or path))
        return opened[-1]

    yield open_place
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def mind() -> Mind:
    """The embedded engine and the knowledge base, from the project's own cache; trained if that is empty."""
    return open_mind(read_settings().model_copy(update={"engine": "embedded"}))
