"""A desk's back office, opened: its stores, its graph and everything that works behind it."""

from contextlib import ExitStack, closing
from pathlib import Path

from agent.adapters.builtin.clock import SystemClock
from agent.adapters.builtin.payments import PaymentsBook
from agent.adapters.builtin.shop import DemoShop
from agent.adapters.builtin.tickets import BuiltinTicketDesk
from agent.adapters.fallback_knowledge import FallbackKnowledge
from agent.backoffice import Backoffice
from agent.bootstrap.minds import Mind
from agent.bootstrap.outside import World, open_outside
from agent.bootstrap.places import anchor_of, checkpoints_of, make_home, place_of, refuse_unusable_place
from agent.bootstrap.secret_key import refuse_another_key, secret_key_of
from agent.graph import build_graph, structure_of
from agent.knowledge.growing import GrowingKnowledge
from agent.knowledge.index import ShippedIndex
from agent.knowledge.prepared import PreparedFile
from agent.policy import load_policy
from agent.ports.clock import Clock
from agent.ports.knowledge import KnowledgeBase
from agent.services import Services
from agent.settings import DATA, Settings
from agent.store.articles import ArticleShelf
from agent.store.audit import AuditChain
from agent.store.checkpoint_place import open_checkpoints
from agent.store.database import Database
from agent.store.decisions import DecisionBook
from agent.store.ledger import Ledger
from agent.store.lock_files import LockFiles
from agent.store.opening import open_database
from agent.store.presence import Presence


def open_backoffice(settings: Settings, mind: Mind, world: World | None = None) -> Backoffice:
    """Open the stores in the settings' home and wire everything; raises ConfigurationError or StorageError."""
    outside = world or World()
    home = settings.home
    make_home(home)
    refuse_unusable_place(settings)
    clock = outside.clock or SystemClock()
    with ExitStack() as files:  # given back here if one of them cannot be opened, else by the backoffice
        database = files.enter_context(closing(open_database(place_of(settings, "desk"))))
        checkpoints = files.enter_context(closing(open_checkpoints(checkpoints_of(settings))))
        book = files.enter_context(closing(PaymentsBook(place_of(settings, "payments"), clock)))
        shop = files.enter_context(closing(DemoShop(place_of(settings, "shop"), DATA / "demo", clock)))
        payments = outside.payments(clock) if outside.payments else book
        outside_systems = open_outside(settings, clock, outside, files)
        services = Services(
            language=mind.language,
            knowledge=_at_home(mind.knowledge, database, home, files),
            orders=shop,
            tickets=BuiltinTicketDesk(database, clock, outside_systems.outbox, settings.app_url),
            ledger=Ledger(database, payments, clock),
            decisions=DecisionBook(database),
            clock=clock,
            policy=load_policy(settings.policy),
        )
        secret = secret_key_of(settings)
        audit = AuditChain(database, secret, anchor_of(settings))
        refuse_another_key(settings, audit)
        graph = build_graph(checkpoints)
        presence = files.enter_context(closing(_announce(settings)))
        refuse_unusable_place(settings)  # again: who puts files back looks for processes that have announced themselves
        return Backoffice(
            database=database,
            checkpoints=checkpoints,
            graph=graph,
            structure=structure_of(graph),
            services=services,
            audit=audit,
            presence=presence,
            secret=secret,
            outside=outside_systems,
            files=files.pop_all(),
        )


def _announce(settings: Settings) -> Presence:
    if settings.database_url is None:
        return LockFiles(settings.home / "processes")
    from agent.store.server_locks import ServerLocks  # noqa: PLC0415  its driver is slow to import

    return ServerLocks(settings.database_url)


def _at_home(knowledge: KnowledgeBase, database: Database, home: Path, files: ExitStack) -> KnowledgeBase:
    """The knowledge base with the articles that are kept in this home; others take none in and stay as they are."""
    if isinstance(knowledge, FallbackKnowledge):
        return knowledge.each(lambda one: _at_home(one, database, home, files))
    if not isinstance(knowledge, ShippedIndex):
        return knowledge
    shelf = ArticleShelf(database)
    prepared = PreparedFile(home / "prepared.sqlite")
    return files.enter_context(closing(GrowingKnowledge(knowledge, shelf.kept, shelf.stamp, prepared)))


def system_clock() -> Clock:
    """The machine's."""
    return SystemClock()
