"""The closed sets of words that the desk speaks in."""

from typing import Literal

Intent = Literal["faq", "issue", "refund", "order", "unknown"]
Topic = Literal["billing_dispute", "legal_threat", "account_deletion", "onboarding", "technical", "general"]
Category = Literal["billing", "product", "technical", "complaint", "general"]
SentimentLabel = Literal["positive", "neutral", "negative", "angry"]
Language = Literal["en", "es", "de", "fr"]
OrderStatus = Literal["processing", "shipped", "delivered", "cancelled", "returned"]
OrderAction = Literal["status", "cancel", "address", "item", "delivery", "place", "other"]
DeliveryOption = Literal["standard", "express", "pick-up point"]
Awaited = Literal[
    "refund_details",
    "order_number",
    "order_proof",
    "order_details",
    "order_yes",
    "clarification",
    "objection",
    "reviewer_question",
]
EngineStep = Literal["classify", "sentiment", "retrieve", "answer", "hand-over", "article"]
Lane = Literal["faq", "issue", "order", "refund", "unknown", "escalation"]
Tone = Literal["standard", "empathetic", "urgent", "de-escalation"]
Priority = Literal["urgent", "high", "normal"]
Verdict = Literal["pass", "fail", "unknown"]
Recommendation = Literal["approve", "deny", "look closer"]
ThreadStatus = Literal[
    "OPEN",
    "RUNNING",
    "AWAITING_CUSTOMER",
    "PAUSED_FOR_APPROVAL",
    "AWAITING_SECOND_REVIEWER",
    "WITH_PERSON",
    "DONE",
    "EXPIRED",
]
TurnStatus = Literal["waiting", "held", "running", "paused", "done", "failed", "with_person"]
ReviewKind = Literal["refund", "escalation", "draft"]
ReviewStatus = Literal[
    "pending",
    "awaiting_second",
    "approved",
    "edited",
    "denied",
    "responded",
    "taken_over",
    "rejected",
    "expired",
    "applied",
]
Action = Literal["approve", "edit", "deny", "respond", "take-over"]
DenialReason = Literal[
    "outside_window",
    "not_delivered",
    "already_refunded",
    "amount_exceeds_paid",
    "not_refundable",
    "suspected_fraud",
    "missing_information",
    "other",
]
Team = Literal["billing", "logistics", "technical", "trust"]
Role = Literal["stakeholder", "analyst", "reviewer", "lead", "admin", "system"]
GivenRole = Literal["none", "stakeholder", "analyst", "reviewer", "lead", "admin"]
IdentitySource = Literal["command-line", "demo-switch", "oidc", "api-key", "jwt", "session", "desk"]
EventType = Literal[
    "MESSAGE_RECEIVED",
    "NODE_STARTED",
    "NODE_FINISHED",
    "ROUTED",
    "RESPONSE_CHUNK",
    "RESPONSE_COMPLETE",
    "HITL_TRIGGERED",
    "HITL_RESOLVED",
    "HITL_CALLED_BACK",
    "REFUND_ISSUED",
    "REFUND_DENIED",
    "TICKET_CREATED",
    "TICKET_DELIVERED",
    "TICKET_FAILED",
    "TICKET_CLOSED",
    "ESCALATED",
    "HANDED_BACK",
    "ERROR",
]
