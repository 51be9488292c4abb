from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.processes import start_forking
from tests.postgres import SERVER, running_server


class OwnServer(NamedTuple):
    """A PostgreSQL server that may be mistreated: nobody else's tests are on it."""

    data: Path
    address: str


@pytest.fixture(scope="module")
def running_own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """One for all tests of a file, whatever the others run on."""
    data = tmp_path_factory.mktemp("own") / "server"
    with running_server(data) as address:
        yield OwnServer(data, address)


@pytest.fixture
def own_server(running_own_server: OwnServer, monkeypatch: pytest.MonkeyPatch) -> OwnServer:
    """The same, with the homes of this test on it."""
    start_forking()  # else the server of children would keep this test's environment for all tests after it
    monkeypatch.setenv(SERVER, running_own_server.address)
    return running_own_server
