from collections.abc import Iterator

import pytest

from tests.faults.processes import start_forking
from tests.postgres import SERVER, Server, running_server


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
