"""Run the graph and write down what it does while it does it."""

import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Literal

from agent.backoffice import Backoffice, configuration
from agent.errors import LeaseLostError
from agent.model import EventType
from agent.policy import Policy
from agent.state import Json
from agent.store import events, threads
from agent.store.events import NewEvent

FLUSH_S = 0.05
"""Events wait at most this long before others can see them; a turn of the embedded engine needs one write."""

RENEWALS = 4
"""Renewals in the time of one lease: a step may take three quarters of it."""

Durability = Literal["sync", "async", "exit"]


class Progress:
    """The events of one run, written in batches, and the milliseconds that each node took.

    `policy` is the one that the run goes by.
    """

    def __init__(self, office: Backoffice, thread_id: str, turn_id: str, policy: Policy) -> None:
        """Nothing is written before the first event is due."""
        self.policy = policy
        self.timings: dict[str, float] = {}
        self._begun = time.perf_counter()
        self._office = office
        self._thread_id = thread_id
        self._turn_id = turn_id
        self._started: dict[str, float] = {}
        self._unwritten: list[NewEvent] = []
        self._written_at = time.monotonic()
        self._renewed_at = time.monotonic()

    def run(self, graph_input: Any, durability: Durability) -> None:
        """Run until the graph pauses or ends; whatever a node raises comes out here. Raises LeaseLostError."""
        parts: Any = self._office.graph.stream(
            graph_input,
            configuration(self._thread_id),
            context=self._office.serving(self.policy),
            stream_mode=["tasks", "custom"],
            durability=durability,
        )
        with closing(parts):  # a run that is broken off saves what it can here and now, not when it is collected
            for mode, part in parts:
                if mode == "custom":
                    self.note("RESPONSE_CHUNK", {"text": part["chunk"]})
                elif "triggers" in part:
                    self._node_started(part)
                else:
                    self._node_finished(part)
                self._keep_up()

    @property
    def elapsed_ms(self) -> float:
        """Since the run began."""
        return (time.perf_counter() - self._begun) * 1000

    def note(self, kind: EventType, payload: Json, node: str | None = None) -> None:
        """Remember an event; it is written with the next batch."""
        self._unwritten.append(
            NewEvent(
                thread_id=self._thread_id,
                turn_id=self._turn_id,
                type=kind,
                at=self._office.now(),
                node=node,
                payload=payload,
            )
        )

    def unwritten(self) -> list[NewEvent]:
        """Hand over what is not written yet, for the transaction that closes the turn."""
        left, self._unwritten = self._unwritten, []
        return left

    def _node_started(self, part: Mapping[str, Any]) -> None:
        self._started[part["id"]] = time.perf_counter()
        self.note("NODE_STARTED", {"task_id": part["id"]}, part["name"])

    def _node_finished(self, part: Mapping[str, Any]) -> None:
        node = part["name"]
        ms = round((time.perf_counter() - self._started.pop(part["id"], time.perf_counter())) * 1000, 2)
        status = "failed" if part["error"] else "paused" if part["interrupts"] else "done"
        self.note("NODE_FINISHED", {"task_id": part["id"], "ms": ms, "status": status}, node)
        if status == "done":
            self.timings[node] = ms
            self._note_result(node, dict(part["result"] or {}))

    def _note_result(self, node: str, result: Json) -> None:
        if node == "route":
            self.note("ROUTED", result["routing"], node)
        if result.get("ticket_number"):
            self.note("TICKET_CREATED", {"number": result["ticket_number"]}, node)
        if node == "prepare_handoff":
            self.note("ESCALATED", {"priority": result["proposal"]["priority"]}, node)

    def _keep_up(self) -> None:
        now = time.monotonic()
        if now - self._written_at > FLUSH_S:
            with self._office.database.write_soon() as connection:
                events.add_events(connection, self.unwritten())
            self._written_at = now
        if now - self._renewed_at > self._office.lease.total_seconds() / RENEWALS:
            with self._office.database.write_soon() as connection:
                keep_lease(self._office, self._thread_id, connection)
            self._renewed_at = now


def keep_lease(office: Backoffice, thread_id: str, connection: Any) -> None:
    """Renew the lease; raises LeaseLostError if another process took over, so that our result is dropped."""
    if not threads.renew_lease(connection, office.new_lease(thread_id)):
        message = f"Thread {thread_id} was taken over by another process; this run's result was dropped."
        raise LeaseLostError(message)
