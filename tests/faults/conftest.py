from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.model import QueueFilter, Review
from tests.faults.processes import start_forking
from tests.faults.rounds import SMALL, Prepare, Stage, bring_to, opened
from tests.postgres import SERVER, Server, running_server
from tests.stand_ins import copy_home


@pytest.fixture(scope="module")
def running_own_server() -> Iterator[Server]:
    """One that may be mistreated, for all tests of a file, whatever the others run on."""
    with running_server() as server:
        yield server


@pytest.fixture
def own_server(running_own_server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The same, with the homes of this test on it."""
    start_forking()  # else the server of children would keep this test's environment for all tests after it
    monkeypatch.setenv(SERVER, running_own_server.address)
    return running_own_server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the desk of a test lies."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[object, ...], Path]:
    """Prepared homes, each made once and copied for every test that wants it."""
    return {(): tmp_path_factory.mktemp("homes")}


@pytest.fixture
def prepare(home: Path, homes: dict[tuple[object, ...], Path]) -> Prepare:
    """Reviews as they are before the race: open, approved by Robin and held, or called back after that."""

    def prepare_home(count: int, text: str = SMALL, stage: Stage = "open", customer: str = "guest") -> list[Review]:
        wanted = (count, text, stage, customer)
        if wanted not in homes:
            made = homes[()] / str(len(homes))
            with opened(made) as desk:
                for _round in range(count):
                    bring_to(desk, stage, str(desk.chat(text, customer_id=customer).review_id))
            homes[wanted] = made
        copy_home(homes[wanted], home)
        with opened(home) as desk:
            listed = desk.queue(QueueFilter(statuses=()), limit=count)
            assert len(listed) == count
            return sorted((desk.review(row.review_id) for row in listed), key=lambda review: review.created_at)

    return prepare_home
