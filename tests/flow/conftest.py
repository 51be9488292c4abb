from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.bench import Bench
from tests.stand_ins import copy_home


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
