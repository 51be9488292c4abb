"""Everything the protocols work with, put together once by bootstrap."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from langchain_core.runnables import RunnableConfig
from langgraph.types import StateSnapshot

from agent.graph import Graph
from agent.model import GraphStructure
from agent.services import Services
from agent.store.audit import AuditChain
from agent.store.checkpoints import PrunedSqliteSaver
from agent.store.database import Database
from agent.store.presence import Presence
from agent.store.threads import Lease
from agent.timestamps import to_text

LEASE = timedelta(seconds=60)
"""How long a thread belongs to the process that runs it, unless renewed; a dead process loses it at once."""


@dataclass(frozen=True, kw_only=True)
class Backoffice:
    """The desk's stores, the compiled graph and the services handed to its nodes."""

    database: Database
    checkpoints: PrunedSqliteSaver
    graph: Graph
    structure: GraphStructure
    services: Services
    audit: AuditChain
    presence: Presence
    lease: timedelta = LEASE
    files: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        """Give all files back."""
        self.files.close()

    def now(self) -> str:
        """The current time as text."""
        return to_text(self.services.clock.now())

    def new_lease(self, thread_id: str) -> Lease:
        """A lease for the caller's thread of this process that starts now."""
        until = to_text(self.services.clock.now() + self.lease)
        return Lease(thread_id=thread_id, owner=self.presence.owner(), until=until)

    def snapshot(self, thread_id: str) -> StateSnapshot:
        """The latest checkpoint of a thread; its values are empty if there is none."""
        return self.graph.get_state(configuration(thread_id))


def configuration(thread_id: str) -> RunnableConfig:
    """How the checkpointer finds a thread. Nothing secret may stand here: it is stored in plain text."""
    return {"configurable": {"thread_id": thread_id}}


def pending_interrupts(snapshot: StateSnapshot) -> Mapping[str, dict[str, object]]:
    """Interrupt id → payload of what waits for an answer; by tasks, since `next` is empty for cut-off threads."""
    return {interrupt.id: interrupt.value for task in snapshot.tasks for interrupt in task.interrupts}
