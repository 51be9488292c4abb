"""The only place where ports meet adapters."""

import json
import logging
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from filelock import FileLock
from pydantic import SecretStr, ValidationError
from sqlalchemy import MetaData

from agent.adapters.builtin.clock import SystemClock
from agent.adapters.builtin.payments import PaymentsBook
from agent.adapters.builtin.payments import tables as payouts
from agent.adapters.builtin.shop import DemoShop
from agent.adapters.builtin.shop.tables import tables as shop_tables
from agent.adapters.builtin.tickets import BuiltinTicketDesk
from agent.adapters.embedded.embeddings import MiniLmEmbedder
from agent.adapters.embedded.engine import open_embedded_engine
from agent.adapters.embedded.held_out import held_out_judgements
from agent.adapters.fallback_knowledge import FallbackKnowledge
from agent.backoffice import Backoffice
from agent.errors import ConfigurationError, EngineError, StorageError
from agent.graph import build_graph, structure_of
from agent.knowledge.growing import GrowingKnowledge
from agent.knowledge.index import ShippedIndex, held_out_relevance, open_knowledge
from agent.knowledge.prepared import PreparedFile
from agent.model import CheckCase, DeliveryKind, Migration, Scenario, Value
from agent.outside import Outside
from agent.pace import TERMS, Terms
from agent.policy import Policy, load_policy
from agent.ports.clock import Clock
from agent.ports.embeddings import Embedder
from agent.ports.help_desk import HelpDesk
from agent.ports.knowledge import KnowledgeBase
from agent.ports.language import LanguageEngine
from agent.ports.payments import Payments
from agent.ports.progress import Progress, ignore
from agent.services import Services
from agent.settings import DATA, Settings
from agent.store.articles import ArticleShelf
from agent.store.audit import AuditChain
from agent.store.checkpoint_place import open_checkpoints
from agent.store.database import Database
from agent.store.decisions import DecisionBook
from agent.store.home_notes import refuse_unusable
from agent.store.ledger import Ledger
from agent.store.lock_files import LockFiles
from agent.store.migrations import HEAD
from agent.store.opening import Place, open_database
from agent.store.outbox import Outbox
from agent.store.policies import latest_policy
from agent.store.presence import Presence
from agent.store.tables import metadata

logger = logging.getLogger(__name__)

KEY_BYTES = 32

Entry = TypeVar("Entry", bound=Value)


@dataclass(frozen=True, kw_only=True)
class Mind:
    """What understands and knows: loaded once, shared by every desk of a process."""

    embedder: Embedder
    language: LanguageEngine
    knowledge: KnowledgeBase


def open_mind(settings: Settings, progress: Progress = ignore) -> Mind:
    """Load the engine and the knowledge base, training and indexing the first time."""
    settings.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    progress(0.02, "Loading the language model")
    embedder = MiniLmEmbedder(settings.embedding_dir)
    embedded = open_embedded_engine(
        training_dir=DATA / "training",
        cache_dir=settings.cache,
        embedder=embedder,
        progress=lambda share, doing: progress(0.05 + 0.65 * share, doing),
    )
    knowledge = _open_index(settings, embedder, lambda share, doing: progress(0.7 + 0.25 * share, doing))
    if not settings.uses_openai:
        return Mind(embedder=embedder, language=embedded, knowledge=knowledge)
    return _with_remote(settings, Mind(embedder=embedder, language=embedded, knowledge=knowledge), progress)


def _with_remote(settings: Settings, mind: Mind, progress: Progress) -> Mind:
    """The same with a remote engine in front; the embedded one does what the remote one cannot."""
    # half a second of every start, and only needed where an endpoint is named
    from agent.adapters.fallback import FallbackEngine  # noqa: PLC0415
    from agent.adapters.openai.connection import Connection  # noqa: PLC0415
    from agent.adapters.openai.engine import OpenAIEngine  # noqa: PLC0415

    connection = Connection(
        api_key=settings.openai_api_key or SecretStr(""),
        base_url=settings.openai_base_url or None,
        cheap_model=settings.cheap_model,
        strong_model=settings.strong_model,
        embedding_model=settings.embedding_model,
        timeout_s=settings.engine_timeout_s,
        prices=settings.prices,
    )
    language = FallbackEngine(OpenAIEngine(connection), mind.language)
    knowledge = mind.knowledge
    if settings.embedding_model:
        from agent.adapters.openai.embeddings import OpenAIEmbedder  # noqa: PLC0415

        knowledge = _with_remote_embeddings(settings, OpenAIEmbedder(connection), mind.knowledge, progress)
    return Mind(embedder=mind.embedder, language=language, knowledge=knowledge)


def _with_remote_embeddings(
    settings: Settings, embedder: Embedder, embedded: KnowledgeBase, progress: Progress
) -> KnowledgeBase:
    """An index of its own, with its own calibration; the embedded one alone while the endpoint is away."""
    try:
        index = _open_index(settings, embedder, lambda share, doing: progress(0.95 + 0.05 * share, doing))
    except EngineError as error:
        logger.warning("Embeddings by API are not used, the embedded index is: %s", error)
        return embedded
    return FallbackKnowledge(index, embedded)


def _open_index(settings: Settings, embedder: Embedder, progress: Progress) -> KnowledgeBase:
    return open_knowledge(
        articles_dir=DATA / "knowledge",
        questions_file=DATA / "training" / "questions.jsonl",
        cache_dir=settings.cache,
        embedder=embedder,
        progress=progress,
    )


def held_out_confidences(settings: Settings) -> dict[str, list[tuple[float, bool]]]:
    """How sure each embedded classifier and the relevance of articles are, and when right, on held-out texts."""
    embedder = MiniLmEmbedder(settings.embedding_dir)
    judged = held_out_judgements(DATA / "training", embedder)
    questions = DATA / "training" / "questions.jsonl"
    return {**judged, "relevance": held_out_relevance(DATA / "knowledge", questions, embedder)}


@dataclass(frozen=True, kw_only=True)
class World:
    """The outside world of one desk, where it differs from the defaults."""

    clock: Clock | None = None
    payments: Callable[[Clock], Payments] | None = None
    help_desk: Callable[[Clock], HelpDesk] | None = None
    terms: Mapping[DeliveryKind, Terms] = field(default_factory=lambda: TERMS)


def open_backoffice(settings: Settings, mind: Mind, world: World | None = None) -> Backoffice:
    """Open the stores in the settings' home and wire everything; raises ConfigurationError or StorageError."""
    outside = world or World()
    home = settings.home
    _make_home(home)
    _refuse_unusable(settings)
    clock = outside.clock or SystemClock()
    with ExitStack() as files:  # given back here if one of them cannot be opened, else by the backoffice
        database = files.enter_context(closing(open_database(place_of(settings, "desk"))))
        checkpoints = files.enter_context(closing(open_checkpoints(checkpoints_of(settings))))
        book = files.enter_context(closing(PaymentsBook(place_of(settings, "payments"), clock)))
        shop = files.enter_context(closing(DemoShop(place_of(settings, "shop"), DATA / "demo", clock)))
        payments = outside.payments(clock) if outside.payments else book
        outside_systems = _open_outside(settings, clock, outside, files)
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
        _refuse_another_key(settings, audit)
        graph = build_graph(checkpoints)
        presence = files.enter_context(closing(_announce(settings)))
        _refuse_unusable(settings)  # again: who puts files back looks for processes that have announced themselves
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


def anchor_of(settings: Settings) -> Path:
    """Where the head of the audit chain is written as well."""
    return settings.audit_anchor or settings.home / "audit.anchor"


def system_clock() -> Clock:
    """The machine's."""
    return SystemClock()


def place_of(settings: Settings, part: str) -> Place:
    """Where this part of the desk's data is kept: the database that all replicas share, else a file in the home."""
    return settings.database_url or settings.home / f"{part}.sqlite"


def checkpoints_of(settings: Settings) -> Place:
    """Where the graph's checkpoints are kept: at an address of their own, else where the tables are."""
    return settings.checkpoint_url or place_of(settings, "checkpoints")


def _announce(settings: Settings) -> Presence:
    if settings.database_url is None:
        return LockFiles(settings.home / "processes")
    from agent.store.server_locks import ServerLocks  # noqa: PLC0415  its driver is slow to import

    return ServerLocks(settings.database_url)


def _open_outside(settings: Settings, clock: Clock, world: World, files: ExitStack) -> Outside:
    """The systems that tickets and webhooks go to; raises ConfigurationError. Nothing is sent."""
    desk = world.help_desk(clock) if world.help_desk else _help_desk(settings, clock)
    webhooks = None
    if desk is not None:
        files.enter_context(closing(desk))
    if settings.webhook_urls and settings.webhook_secret:
        from agent.adapters.webhooks.sender import StandardWebhooks  # noqa: PLC0415  as below

        webhooks = files.enter_context(closing(StandardWebhooks(settings.webhook_secret, clock)))
    outbox = Outbox(desk=desk.name if desk else None, urls=settings.webhook_urls, with_content=settings.webhook_content)
    return Outside(desk=desk, webhooks=webhooks, outbox=outbox, terms=world.terms)


def _help_desk(settings: Settings, clock: Clock) -> HelpDesk | None:
    # httpx takes a tenth of a second, which a command without an outside desk need not wait for
    if settings.tickets == "zendesk" and settings.zendesk_token:
        from agent.adapters.zendesk.desk import ZendeskDesk  # noqa: PLC0415

        return ZendeskDesk(
            url=settings.zendesk_url,
            email=settings.zendesk_email,
            token=settings.zendesk_token.get_secret_value(),
            plan=settings.zendesk_plan,
            clock=clock,
        )
    if settings.tickets == "servicenow":
        from agent.adapters.servicenow.desk import ServiceNowDesk  # noqa: PLC0415

        secret = settings.servicenow_token or settings.servicenow_password or SecretStr("")
        return ServiceNowDesk(
            url=settings.servicenow_url,
            user="" if settings.servicenow_token else settings.servicenow_user,
            secret=secret.get_secret_value(),
            per_hour=settings.servicenow_per_hour,
            clock=clock,
        )
    return None


TABLE_PARTS: Mapping[str, MetaData] = {"desk": metadata, "payments": payouts, "shop": shop_tables}
"""The tables of each part of a desk's data, by the part's name."""


def upgrade_tables(settings: Settings) -> Migration:
    """Make what is missing in the settings' database or home and bring the rest to this version; nothing else starts.

    Needs no engine and no secret key. Raises ConfigurationError or StorageError; the tables are as they were then.
    """
    _refuse_unusable(settings)
    return make_tables(settings)


def make_tables(settings: Settings) -> Migration:
    """The same where a move or a restore is under way."""
    _make_home(settings.home)
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


def _at_home(knowledge: KnowledgeBase, database: Database, home: Path, files: ExitStack) -> KnowledgeBase:
    """The knowledge base with the articles that are kept in this home; others take none in and stay as they are."""
    if isinstance(knowledge, FallbackKnowledge):
        return knowledge.each(lambda one: _at_home(one, database, home, files))
    if not isinstance(knowledge, ShippedIndex):
        return knowledge
    shelf = ArticleShelf(database)
    prepared = PreparedFile(home / "prepared.sqlite")
    return files.enter_context(closing(GrowingKnowledge(knowledge, shelf.kept, shelf.stamp, prepared)))


def _refuse_unusable(settings: Settings) -> None:
    """What is half restored, half moved in, or was moved away, opens nowhere."""
    if settings.database_url is None:
        refuse_unusable(settings.home)
        return
    from agent.store.destination import refuse_half_moved  # noqa: PLC0415  its driver is slow to import

    refuse_half_moved(settings.database_url)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"TRIAGE_HOME {home}: {error}. Nothing was started; choose a folder that can be written."
        raise StorageError(message) from error


def secret_key_of(settings: Settings) -> bytes:
    """What signs the audit chain; made in the home if there is none. Raises ConfigurationError or StorageError."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.database_url is not None:
        message = (
            "TRIAGE_SECRET_KEY is not set. With TRIAGE_DATABASE_URL every process needs the same one, else they break "
            "each other's audit chain. Nothing was started; set it to 32 random bytes or more, the same everywhere."
        )
        raise ConfigurationError(message)
    path = settings.home / "secret.key"
    try:
        with FileLock(f"{path}.lock"):
            if not path.exists():
                _write_key(path)
            key = path.read_bytes()
    except OSError as error:
        message = f"Secret key {path}: {error}. Nothing was started; make the folder readable and writable."
        raise StorageError(message) from error
    if len(key) != 2 * KEY_BYTES:
        message = (
            f"Secret key {path} is damaged. Nothing was started; restore it, else the audit chain is not verifiable."
        )
        raise ConfigurationError(message)
    return key


def _refuse_another_key(settings: Settings, audit: AuditChain) -> None:
    """A replica with a key of its own would break the chain at its first deed."""
    if settings.database_url is not None and not audit.signed_with_this_key():
        message = (
            "The last entry of the audit chain was signed with another key, or was changed. Nothing was started; set "
            "TRIAGE_SECRET_KEY to the one that the other processes have."
        )
        raise ConfigurationError(message)


def _write_key(path: Path) -> None:
    draft = path.with_name("secret.key.new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load_check_cases() -> tuple[CheckCase, ...]:
    """The requests that have to be denied, of data/check_cases; raises ConfigurationError if the file is damaged."""
    return _load_list(DATA / "check_cases" / "check_cases.json", CheckCase)


def load_scenarios() -> tuple[Scenario, ...]:
    """The scripted openings of data/scenarios; raises ConfigurationError if the file is damaged."""
    return _load_list(DATA / "scenarios" / "scenarios.json", Scenario)


def _load_list(path: Path, kind: type[Entry]) -> tuple[Entry, ...]:
    try:
        return tuple(kind.model_validate(entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        message = f"{path}: {error}. Restore the file."
        raise ConfigurationError(message) from error
