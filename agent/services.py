"""The world as nodes see it, handed in with every run."""

from dataclasses import dataclass

from agent.policy import Policy
from agent.ports.clock import Clock
from agent.ports.decisions import Decisions, RefundLedger
from agent.ports.knowledge import KnowledgeBase
from agent.ports.language import LanguageEngine
from agent.ports.orders import OrderStore
from agent.ports.tickets import TicketDesk


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a node may reach."""

    language: LanguageEngine
    knowledge: KnowledgeBase
    orders: OrderStore
    tickets: TicketDesk
    ledger: RefundLedger
    decisions: Decisions
    clock: Clock
    policy: Policy
