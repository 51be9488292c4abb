import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.ports.orders import OrderStore
from agent.store.opening import Place
from tests.contract.shop import open_shop_at
from tests.postgres import empty_place_for


@pytest.fixture
def shop_place(tmp_path: Path) -> Place:
    """Where a shop may be opened that was never there before."""
    path = tmp_path / "shop.sqlite"
    return empty_place_for(path) or path


@pytest.fixture(scope="session")
def filled_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a shop that was opened once: copying it is faster than filling another."""
    path = tmp_path_factory.mktemp("shop") / "shop.sqlite"
    open_shop_at(path).close()
    return path


@pytest.fixture
def store(shop_place: Place, filled_shop: Path) -> Iterator[OrderStore]:
    """A store of orders that nobody changed yet."""
    if isinstance(shop_place, Path):
        shutil.copy(filled_shop, shop_place)
    with closing(open_shop_at(shop_place)) as opened:
        yield opened
