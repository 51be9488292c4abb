from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from agent.backoffice import Backoffice
from agent.demo_history import write_history
from agent.desk import Desk
from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer
from tests.desks.zendesk import Zendesk
from tests.flow.bench import Bench
from tests.flow.intake import LAMP
from tests.flow.made_up_year import COUNT, YEAR, frame
from tests.flow.ticket_scene import Scene
from tests.shelf import BagOfWords, open_library_desk
from tests.stand_ins import HandClock, copy_home, open_test_office


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the desk of a test lies."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def blank_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a desk that was opened once: copying it is faster than making another."""
    home = tmp_path_factory.mktemp("blank") / "home"
    Bench(home).desk.close()
    return home


@pytest.fixture
def bench(tmp_path: Path, blank_home: Path) -> Iterator[Bench]:
    """A desk of the test's own."""
    made = Bench(copy_home(blank_home, tmp_path / "home"))
    yield made
    made.desk.close()


@pytest.fixture(scope="module")
def idle_bench(tmp_path_factory: pytest.TempPathFactory, blank_home: Path) -> Iterator[Bench]:
    """One desk for all tests of a file that ask it for what it does not have: nothing is ever written to it."""
    made = Bench(copy_home(blank_home, tmp_path_factory.mktemp("idle") / "home"))
    yield made
    assert made.desk.verify_audit().entries == 0
    made.desk.close()


@pytest.fixture
def embedder() -> BagOfWords:
    """What `library_desk` embeds with."""
    return BagOfWords()


@pytest.fixture
def library_desk(tmp_path: Path, embedder: BagOfWords) -> Iterator[Desk]:
    """A desk whose knowledge base takes articles in."""
    with closing(open_library_desk(tmp_path / "home", embedder)) as desk:
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article."""
    made = tmp_path / "docs"
    made.mkdir()
    (made / "lamp.md").write_text(LAMP, encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backoffice]:
    """A desk on a made-up year; nothing of these tests changes it."""
    opened = open_test_office(tmp_path_factory.mktemp("demo") / "home")
    write_history(opened.database, YEAR, conversations=COUNT, seed=7)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def turns(office: Backoffice) -> pd.DataFrame:
    """Its facts, in the order of arrival."""
    return frame(office.database, "turn_facts").sort_values("seq")


@pytest.fixture(scope="session")
def reviews(office: Backoffice) -> pd.DataFrame:
    """Its reviews."""
    return frame(office.database, "reviews")


@pytest.fixture
def scene(home: Path) -> Iterator[Scene]:
    """A desk here, and another one that takes its tickets."""
    server, clock = Zendesk(), HandClock()
    with (
        AppServer(server.app) as running,
        closing(connected_desk(home, Connection(url=running.url), clock)) as desk,
    ):
        yield Scene(desk, server, running.url, clock)
