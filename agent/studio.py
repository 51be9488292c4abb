"""The graph for LangGraph's own server and Studio, which `langgraph.json` points to.

It looks at the desk in TRIAGE_HOME (or TRIAGE_DATABASE_URL) and changes nothing there: payments, tickets, changes of
orders and decisions are dry runs. The server brings its own checkpointer.
"""

from dataclasses import replace
from threading import Lock

from agent.adapters.dry_run import AnswersAsDecisions, DryRunLedger, DryRunOrders, DryRunTickets
from agent.backoffice import Backoffice
from agent.bootstrap import open_backoffice, open_mind
from agent.canonical import digest
from agent.graph import Graph, build_graph
from agent.services import Services
from agent.settings import read_settings
from agent.state import State

NO_REVIEW = "studio"
"""A dry run is about no review of the desk's."""


class _Opened:
    """The desk's stores and engine, opened by the first step that needs them and kept for the process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._office: Backoffice | None = None

    def office(self) -> Backoffice:
        """The stores and the engine; steps that run side by side wait for the one that opens them."""
        with self._lock:
            if self._office is None:
                settings = read_settings()
                self._office = open_backoffice(settings, open_mind(settings))
            return self._office


_opened = _Opened()


def graph() -> Graph:
    """The compiled process without a checkpointer, ready to be drawn; the desk is opened with the first step."""
    return build_graph(None, served_by=lambda state: dry_services(_opened.office(), state))


def dry_services(office: Backoffice, state: State) -> Services:
    """What one step may reach: everything real to read, and nothing to write."""
    live, now = office.serving(office.policy()), office.now()
    return replace(
        live,
        tickets=DryRunTickets(),
        orders=DryRunOrders(live.orders),
        ledger=DryRunLedger(live.ledger, office.database, review_id=NO_REVIEW, until=now),
        decisions=AnswersAsDecisions(digest(state.get("proposal")), now),
    )
