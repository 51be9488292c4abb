"""What can be done with a desk's tables without opening the desk."""

from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import MetaData

from agent.adapters.builtin.clock import SystemClock
from agent.adapters.builtin.payments import PaymentsBook
from agent.adapters.builtin.payments import tables as payouts
from agent.adapters.builtin.shop import DemoShop
from agent.adapters.builtin.shop.tables import tables as shop_tables
from agent.bootstrap.places import checkpoints_of, make_home, place_of, refuse_unusable_place
from agent.model import Migration
from agent.policy import Policy, load_policy
from agent.settings import DATA, Settings
from agent.store.checkpoint_place import open_checkpoints
from agent.store.migrations import HEAD
from agent.store.opening import open_database
from agent.store.policies import latest_policy
from agent.store.tables import metadata

TABLE_PARTS: Mapping[str, MetaData] = {"desk": metadata, "payments": payouts, "shop": shop_tables}
"""The tables of each part of a desk's data, by the part's name."""


def upgrade_tables(settings: Settings) -> Migration:
    """Make what is missing in the settings' database or home and bring the rest to this version; nothing else starts.

    Needs no engine and no secret key. Raises ConfigurationError or StorageError; the tables are as they were then.
    """
    refuse_unusable_place(settings)
    return make_tables(settings)


def make_tables(settings: Settings) -> Migration:
    """The same where a move or a restore is under way."""
    make_home(settings.home)
    clock = SystemClock()
    with ExitStack() as opened:
        database = opened.enter_context(closing(open_database(place_of(settings, "desk"))))
        opened.enter_context(closing(open_checkpoints(checkpoints_of(settings))))
        opened.enter_context(closing(PaymentsBook(place_of(settings, "payments"), clock)))
        opened.enter_context(closing(DemoShop(place_of(settings, "shop"), DATA / "demo", clock)))
        return Migration(place=database.name, found=database.found, schema_now=HEAD)


def policy_in_force(settings: Settings) -> Policy:
    """The policy that counts in the settings' home, without opening a desk.

    Raises ConfigurationError or StorageError.
    """
    base, place = load_policy(settings.policy), place_of(settings, "desk")
    if isinstance(place, Path) and not place.exists():
        return base
    with closing(open_database(place)) as database, database.read() as connection:
        latest = latest_policy(connection)
    return base if latest is None else latest.policy
