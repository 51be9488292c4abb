from collections.abc import Iterator

import pytest

from tests.observing.collector import Collector, traced


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that gets this process's spans."""
    with traced() as running:
        yield running
