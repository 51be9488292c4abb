import pytest

from agent.bootstrap import Mind, open_mind
from agent.settings import read_settings


@pytest.fixture(scope="session")
def mind() -> Mind:
    """The embedded engine and the knowledge base, from the project's own cache; trained if that is empty."""
    return open_mind(read_settings())
