import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk
from agent.adapters.builtin.clock import SystemClock
from agent.bootstrap import Mind
from agent.demo_history import Year, write_history
from agent.settings import PROJECT
from agent.store.sqlite import SqliteDatabase
from pages.ui.analytics.behind import Scene
from pages.ui.analytics.palette import LIGHT
from tests.pages.calibrating import QUESTION as DELIVERY
from tests.pages.lamps import ANSWER, QUESTION
from tests.pages.made_up import ALL, KIM, make_up
from tests.shelf import open_library_desk
from tests.stand_ins import OTHER_REVIEWER, open_test_desk

RUN_S = 60


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit puts its script into this place; child processes of later tests would run that first, and end."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the app keeps its desk; a test may open a desk there first, and close it."""
    return tmp_path / "home"


@pytest.fixture
def app(mind: Mind, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app on `home`; `mind` has filled the cache."""
    del mind
    monkeypatch.setenv("TRIAGE_HOME", str(home))
    yield AppTest.from_file(str(PROJECT / "app.py"), default_timeout=RUN_S)
    st.cache_resource.clear()  # closes the desk, so that the next test opens its own


@pytest.fixture
def answered(home: Path) -> str:
    """A desk on which a person answered a question that no article answered; the review."""
    with closing(open_library_desk(home)) as desk:
        review_id = desk.chat(QUESTION).review_id or ""
        desk.decide(review_id, Decision(action="edit", reply=ANSWER), OTHER_REVIEWER)
    return review_id


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a made-up year, for figures; nobody changes it."""
    home = tmp_path_factory.mktemp("year")
    with closing(open_test_desk(home)) as desk:
        make_up(home)
        yield desk


@pytest.fixture
def scene(year: Desk) -> Scene:
    """The Analytics page on that year."""
    return Scene(desk=year, identity=KIM, wanted=ALL, colours=LIGHT, lists={})


@pytest.fixture
def other(home: Path) -> Iterator[Desk]:
    """The app's desk, as another process has it."""
    home.mkdir(exist_ok=True)
    with closing(open_test_desk(home)) as opened:
        yield opened


@pytest.fixture(scope="session")
def year_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a made-up year that ends today."""
    home = tmp_path_factory.mktemp("year_home")
    with closing(SqliteDatabase(home / "desk.sqlite")) as database:
        today = datetime.combine(SystemClock().now().date(), time(), tzinfo=UTC)
        write_history(database, Year(today), conversations=200, seed=1)
    return home


@pytest.fixture
def demo_home(year_home: Path, home: Path) -> Path:
    """The app's desk with a made-up year."""
    return shutil.copytree(year_home, home)


@pytest.fixture
def asked_home(home: Path) -> Path:
    """The app's desk with one real question, answered by the desk itself."""
    with closing(open_test_desk(home)) as desk:
        desk.chat(DELIVERY)
    return home
