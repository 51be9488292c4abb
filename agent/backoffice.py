"""Everything the protocols work with, put together once by bootstrap."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta

from langchain_core.runnables import RunnableConfig
from langgraph.types import StateSnapshot
from sqlalchemy import Connection

from agent.graph import Graph
from agent.model import GraphStructure
from agent.observing.meters import Meters
from agent.outage import Outage
from agent.outside import Outside
from agent.policy import Policy
from agent.services import Services
from agent.state import Json
from agent.store import policies
from agent.store.audit import AuditChain
from agent.store.checkpoints import Checkpoints
from agent.store.database import Database
from agent.store.presence import AtWork, Presence
from agent.store.threads import Lease
from agent.timestamps import to_text

LEASE = timedelta(seconds=60)
"""How long a thread belongs to the process that runs it, unless renewed; a dead process loses it at once."""


@dataclass(frozen=True, kw_only=True)
class Backoffice:
    """The desk's stores, the compiled graph and the services handed to its nodes.

    The policy among `services` is the one that the desk was opened with; `policy()` is the one in force.
    """

    database: Database
    checkpoints: Checkpoints
    graph: Graph
    structure: GraphStructure
    services: Services
    audit: AuditChain
    presence: Presence
    outside: Outside = field(default_factory=Outside)
    outage: Outage = field(default_factory=Outage)
    at_work: AtWork = field(default_factory=AtWork)
    lease: timedelta = LEASE
    meters: Meters = field(default_factory=Meters)
    secret: bytes = field(default=b"", repr=False)
    files: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        """Give all files back."""
        self.files.close()

    def now(self) -> str:
        """The current time as text."""
        return to_text(self.services.clock.now())

    def policy(self) -> Policy:
        """The thresholds in force: the latest that were saved, by any process, else those the desk was opened with.

        Raises ConfigurationError if what was saved cannot be read.
        """
        with self.database.read() as connection:
            return self.policy_in(connection)

    def policy_in(self, connection: Connection) -> Policy:
        """The same as the caller's transaction sees it."""
        latest = policies.latest_policy(connection)
        return self.services.policy if latest is None else latest.policy

    def policy_of(self, values: Json) -> Policy:
        """The thresholds under which the turn began that left these values; those in force if they do not tell."""
        version = values.get("policy_version")
        with self.database.read() as connection:
            saved = None if version is None else policies.find_policy(connection, version)
            if saved is not None:
                return saved.policy
            base = self.services.policy
            return base if version == base.version else self.policy_in(connection)

    def serving(self, policy: Policy) -> Services:
        """What the nodes of one run may reach, with the thresholds that count for it from its start to its end."""
        return replace(self.services, policy=policy)

    def new_lease(self, thread_id: str) -> Lease:
        """A lease for the caller's thread of this process that starts now."""
        until = to_text(self.services.clock.now() + self.lease)
        return Lease(thread_id=thread_id, owner=self.presence.owner(), until=until)

    def ended(self, owners: Iterable[str]) -> list[str]:
        """Those owners of leases who will not go on: their process is dead, or they are of ours and hold none."""
        known = list(owners)
        left_over = [owner for owner in known if self.presence.is_here(owner) and owner not in self.at_work]
        return [*self.presence.dead(known), *left_over]

    def snapshot(self, thread_id: str) -> StateSnapshot:
        """The latest checkpoint of a thread; its values are empty if there is none."""
        return self.graph.get_state(configuration(thread_id))


def configuration(thread_id: str) -> RunnableConfig:
    """How the checkpointer finds a thread. Nothing secret may stand here: it is stored in plain text."""
    return {"configurable": {"thread_id": thread_id}}


def pending_interrupts(snapshot: StateSnapshot) -> Mapping[str, dict[str, object]]:
    """Interrupt id → payload of what waits for an answer; by tasks, since `next` is empty for cut-off threads."""
    return {interrupt.id: interrupt.value for task in snapshot.tasks for interrupt in task.interrupts}
