"""The value types of the desk.

All of them are frozen; those that are checkpointed travel as plain JSON (`model_dump(mode="json")`).
Money is kept in integer minor units (cents), times are UTC in ISO 8601 with a trailing Z.
"""

from agent.model.decisions import Decision, DecisionResult, Identity, StoredDecision
from agent.model.evidence import Evidence, SpokenLine
from agent.model.money import Money
from agent.model.operation import AuditReport, Check, Proof, ProofStep, Scenario
from agent.model.orders import Order, OrderItem
from agent.model.refunds import Clause, RefundFacts, RefundPayment
from agent.model.reviews import QueueCounts, QueueFilter, Review, ReviewSummary
from agent.model.structure import GraphEdge, GraphNode, GraphStructure
from agent.model.threads import ChatResult, Event, Receipt, ThreadSummary, ThreadView, TranscriptLine, TurnView
from agent.model.tickets import Ticket, TicketRequest
from agent.model.understanding import Answer, Citation, Classification, Entities, FiredRule, Hit, Routing, Sentiment
from agent.model.value import Value
from agent.model.words import (
    Action,
    Category,
    DenialReason,
    EventType,
    IdentitySource,
    Intent,
    Lane,
    Priority,
    Recommendation,
    ReviewKind,
    ReviewStatus,
    Role,
    SentimentLabel,
    ThreadStatus,
    Tone,
    Topic,
    TurnStatus,
    Verdict,
)

__all__ = [
    "Action",
    "Answer",
    "AuditReport",
    "Category",
    "ChatResult",
    "Check",
    "Citation",
    "Classification",
    "Clause",
    "Decision",
    "DecisionResult",
    "DenialReason",
    "Entities",
    "Event",
    "EventType",
    "Evidence",
    "FiredRule",
    "GraphEdge",
    "GraphNode",
    "GraphStructure",
    "Hit",
    "Identity",
    "IdentitySource",
    "Intent",
    "Lane",
    "Money",
    "Order",
    "OrderItem",
    "Priority",
    "Proof",
    "ProofStep",
    "QueueCounts",
    "QueueFilter",
    "Receipt",
    "Recommendation",
    "RefundFacts",
    "RefundPayment",
    "Review",
    "ReviewKind",
    "ReviewStatus",
    "ReviewSummary",
    "Role",
    "Routing",
    "Scenario",
    "Sentiment",
    "SentimentLabel",
    "SpokenLine",
    "StoredDecision",
    "ThreadStatus",
    "ThreadSummary",
    "ThreadView",
    "Ticket",
    "TicketRequest",
    "Tone",
    "Topic",
    "TranscriptLine",
    "TurnStatus",
    "TurnView",
    "Value",
    "Verdict",
]
