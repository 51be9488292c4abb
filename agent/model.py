"""The value types of the desk.

All of them are frozen; those that are checkpointed travel as plain JSON (`model_dump(mode="json")`).
Money is kept in integer minor units (cents), times are UTC in ISO 8601 with a trailing Z.
"""

from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, computed_field

Intent = Literal["faq", "issue", "refund", "order", "unknown"]
Topic = Literal["billing_dispute", "legal_threat", "account_deletion", "onboarding", "technical", "general"]
Category = Literal["billing", "product", "technical", "complaint", "general"]
SentimentLabel = Literal["positive", "neutral", "negative", "angry"]
Lane = Literal["faq", "issue", "order", "refund", "unknown", "escalation"]
Tone = Literal["standard", "empathetic", "urgent", "de-escalation"]
Priority = Literal["urgent", "high", "normal"]
Verdict = Literal["pass", "fail", "unknown"]
Recommendation = Literal["approve", "deny", "look closer"]
ThreadStatus = Literal["OPEN", "RUNNING", "AWAITING_CUSTOMER", "PAUSED_FOR_APPROVAL", "WITH_PERSON", "DONE"]
TurnStatus = Literal["waiting", "held", "running", "paused", "done", "failed", "with_person"]
ReviewKind = Literal["refund", "escalation"]
ReviewStatus = Literal[
    "pending", "approved", "edited", "denied", "responded", "taken_over", "rejected", "expired", "applied"
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
Role = Literal["stakeholder", "analyst", "reviewer", "lead", "admin", "system"]
IdentitySource = Literal["command-line", "demo-switch", "oidc", "api-key", "desk"]
EventType = Literal[
    "MESSAGE_RECEIVED",
    "NODE_STARTED",
    "NODE_FINISHED",
    "ROUTED",
    "RESPONSE_CHUNK",
    "RESPONSE_COMPLETE",
    "HITL_TRIGGERED",
    "HITL_RESOLVED",
    "REFUND_ISSUED",
    "REFUND_DENIED",
    "TICKET_CREATED",
    "ESCALATED",
    "HANDED_BACK",
    "ERROR",
]


class Value(BaseModel):
    """Base of all value types: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Value):
    """An amount in integer minor units of one currency."""

    minor: int
    currency: str = "USD"

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor) / 100

    @classmethod
    def of(cls, amount: Decimal, currency: str = "USD") -> Self:
        """Money from major units; more than two decimals are refused with ValueError."""
        minor = amount * 100
        if minor != minor.to_integral_value():
            message = f"{amount} has more than two decimals"
            raise ValueError(message)
        return cls(minor=int(minor), currency=currency)

    def __str__(self) -> str:
        """The amount as a person reads it, for example $42.50 or 42.50 CHF."""
        symbol = {"USD": "$", "EUR": "€", "GBP": "£"}.get(self.currency)
        figure = f"{self.amount:,.2f}"
        return f"{symbol}{figure}" if symbol else f"{figure} {self.currency}"


class Entities(Value):
    """What could be read out of a message; None where it is not in there."""

    order_number: str | None = None
    amount: Money | None = None
    email: str | None = None


class Classification(Value):
    """What a message is about.

    `scores` holds one probability per intent and sums to 1; every confidence lies in 0..1.
    """

    intent: Intent
    confidence: float
    scores: dict[Intent, float]
    topic: Topic
    topic_confidence: float
    category: Category
    category_confidence: float
    asks_for_person: bool
    person_confidence: float
    entities: Entities


class Sentiment(Value):
    """How the customer feels: `score` from -1.0 (furious) to 1.0 (delighted), with the signals it rests on."""

    label: SentimentLabel
    score: float
    confidence: float
    signals: tuple[str, ...] = ()


class Hit(Value):
    """One chunk of an article that may answer the question.

    `similarity` is the raw cosine; `relevance` is that similarity calibrated to the probability, 0..1, that the
    article answers the question.
    """

    chunk_id: str
    article_id: str
    title: str
    text: str
    similarity: float
    relevance: float


class Citation(Value):
    """The chunk that a sentence of an answer rests on."""

    article_id: str
    title: str
    chunk_id: str


class Answer(Value):
    """A grounded answer; `confidence` is the engine's own mark from 0 to 10."""

    text: str
    citations: tuple[Citation, ...]
    confidence: float


class FiredRule(Value):
    """A rule that applied in a turn, with what it looked at and the limit it compared with."""

    name: str
    effect: str
    inputs: dict[str, Any]
    threshold: float | str | None = None


class Routing(Value):
    """The decision record of one turn: which lane, and every rule that led there."""

    lane: Lane
    rules: tuple[FiredRule, ...]
    priority: Priority
    tone: Tone


class OrderItem(Value):
    """One line of an order; `unit_minor` is the price of one piece in cents."""

    sku: str
    name: str
    quantity: int
    unit_minor: int
    refundable: bool
    final_sale: bool


class Order(Value):
    """An order as the store knows it; `refunded` is what went back before, `delivered_at` None while under way."""

    number: str
    customer_id: str
    customer_name: str
    customer_tier: str
    status: Literal["processing", "shipped", "delivered", "cancelled", "returned"]
    placed_at: str
    delivered_at: str | None
    paid: Money
    refunded: Money
    items: tuple[OrderItem, ...]
    carrier: str | None = None
    tracking: str | None = None


class Clause(Value):
    """One clause of the refund policy, judged; `fact` is what the verdict rests on, `source` where that was read."""

    id: str
    text: str
    verdict: Verdict
    fact: str
    source: str


class RefundFacts(Value):
    """The facts a refund is judged by, frozen before the gate. None means unknown, and is said as unknown."""

    asked: Money | None
    order: Order | None
    order_number: str | None
    paid: Money | None
    already_refunded: Money | None
    days_since_delivery: int | None
    proposed: Money


class RefundPayment(Value):
    """A refund to be paid for an approved review; `limit` is the most the order allows, None if unknown."""

    review_id: str
    thread_id: str
    customer_id: str
    order_number: str | None
    amount: Money
    limit: Money | None


class SpokenLine(Value):
    """One line of a conversation; `who` is the customer or the agent."""

    who: Literal["customer", "agent"]
    text: str


class Evidence(Value):
    """What a reviewer decides from. It is frozen into the interrupt and never changes while the review is open."""

    request: str
    summary: str
    recommendation: Recommendation
    reasons: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    refund: RefundFacts | None = None
    order: Order | None = None
    ticket_number: str | None = None
    draft: str = ""
    emotional_state: str = ""
    sentiment_scores: tuple[float, ...] = ()
    transcript: tuple[SpokenLine, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    rules: tuple[FiredRule, ...] = ()


class Review(Value):
    """One pause of one thread, waiting for a person or decided by one.

    `payload` is the whole interrupt value, `payload_sha256` the digest of its canonical JSON: a decision counts only
    for exactly this evidence.
    """

    review_id: str
    thread_id: str
    turn_id: str
    interrupt_id: str
    kind: ReviewKind
    status: ReviewStatus
    priority: Priority
    due_at: str
    expires_at: str
    created_at: str
    requester: str
    amount: Money | None
    recommendation: Recommendation
    payload: dict[str, Any]
    payload_sha256: str
    graph_version: str
    decided_at: str | None = None
    decided_by: str | None = None
    decided_action: Action | Literal["expire"] | None = None

    @property
    def evidence(self) -> Evidence:
        """The evidence card's content."""
        return Evidence.model_validate(self.payload["evidence"])

    @property
    def allowed_actions(self) -> tuple[Action, ...]:
        """What a reviewer may do with it."""
        return ("approve", "edit", "deny", "respond", "take-over")


class ReviewSummary(Value):
    """A row of the queue; `age_s` and `due_in_s` are seconds at the time of the query, negative when overdue."""

    review_id: str
    thread_id: str
    kind: ReviewKind
    status: ReviewStatus
    priority: Priority
    amount: Money | None
    recommendation: Recommendation
    request: str
    requester: str
    order_number: str | None
    due_at: str
    created_at: str
    due_in_s: int
    age_s: int
    clauses: tuple[Clause, ...]
    decided_by: str | None
    decided_at: str | None
    decided_action: str | None


class QueueFilter(Value):
    """Which reviews to list. Empty tuples mean no restriction; `search` looks at request, requester, order number."""

    statuses: tuple[ReviewStatus, ...] = ("pending",)
    kinds: tuple[ReviewKind, ...] = ()
    priorities: tuple[Priority, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    min_minor: int | None = None
    max_minor: int | None = None
    search: str = ""


class QueueCounts(Value):
    """Figures over the pending reviews; `oldest_s` is the age of the oldest in seconds, 0 when none waits."""

    pending: int
    overdue: int
    amount: Money
    oldest_s: int
    latest_seq: int = Field(description="grows with every new or decided review; compare to notice changes")


class Identity(Value):
    """Who decides, in which role, and where that was learnt. Never taken from a form."""

    subject: str
    role: Role
    source: IdentitySource


class StoredDecision(Value):
    """A decision as the database holds it; payments rest on this and never on a checkpoint."""

    review_id: str
    action: Action | Literal["expire"]
    reason: DenialReason | None
    note: str
    amount: Money | None
    reply: str | None
    subject: str
    role: Role
    source: IdentitySource
    payload_sha256: str
    decided_at: str


class Decision(Value):
    """What a reviewer decided; `amount` and `reply` only where they change something, `seen_sha256` what was shown."""

    action: Action
    reason: DenialReason | None = None
    note: str = ""
    amount: Money | None = None
    reply: str | None = None
    seen_sha256: str | None = None


class TicketRequest(Value):
    """A ticket to open. The same `key` gives the same ticket, however often it is sent."""

    key: str
    thread_id: str
    turn_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    body: str
    due_at: str


class Ticket(Value):
    """A ticket of the desk; `due_at` is when a person answers at the latest."""

    number: str
    thread_id: str
    turn_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    due_at: str
    status: Literal["open", "solved"]


class Event(Value):
    """Something that happened in a thread; `seq` grows over all threads."""

    seq: int
    thread_id: str
    turn_id: str | None
    type: EventType
    node: str | None
    payload: dict[str, Any]
    at: str


class Receipt(Value):
    """Proof that a message is stored. `queued` means that it waits behind a pending review or with a person."""

    thread_id: str
    message_id: str
    turn_id: str
    queued: bool
    duplicate: bool
    thread_status: ThreadStatus


class TurnView(Value):
    """One message of the customer and all that became of it; `record` is empty until the turn has run."""

    turn_id: str
    message_id: str
    text: str
    status: TurnStatus
    received_at: str
    finished_at: str | None
    review_id: str | None
    record: dict[str, Any]
    error: str | None = None


class TranscriptLine(Value):
    """A line of the thread as its chat pane shows it. `status` is that of the turn for a customer's line."""

    who: Literal["customer", "agent", "person"]
    author: str
    text: str
    at: str
    turn_id: str
    status: TurnStatus
    citations: tuple[Citation, ...] = ()


class ThreadSummary(Value):
    """A row of the threads list; `title` is the beginning of the first message."""

    thread_id: str
    status: ThreadStatus
    title: str
    customer_id: str
    updated_at: str
    turns: int


class ThreadView(Value):
    """A thread with its transcript, its turns and the review that it waits for, if any."""

    thread: ThreadSummary
    transcript: tuple[TranscriptLine, ...]
    turns: tuple[TurnView, ...]
    pending_review_id: str | None
    last_seq: int


class ChatResult(Value):
    """What one message led to; the shape of `chat --json`."""

    thread_id: str
    turn_id: str
    message_id: str
    status: ThreadStatus
    queued: bool
    reply: str
    intent: Intent | None = None
    route: Lane | None = None
    rules: tuple[FiredRule, ...] = ()
    sentiment: Sentiment | None = None
    review_id: str | None = None
    action_result: str | None = None
    ticket: str | None = None
    citations: tuple[Citation, ...] = ()


class DecisionResult(Value):
    """What a decision led to: `status` is the thread's, `action_result` what was done ("Refund issued: $42.50")."""

    review_id: str
    thread_id: str
    status: ThreadStatus
    review_status: ReviewStatus
    action_result: str
    reply: str


class GraphNode(Value):
    """A node of the compiled graph as it is drawn; `group` is the band it belongs to."""

    name: str
    label: str
    group: Literal["start", "understand", "route", "lane", "gate", "outcome", "close", "end"]


class GraphEdge(Value):
    """An edge of the compiled graph; `label` is empty on edges that are always taken."""

    source: str
    target: str
    label: str
    conditional: bool


class GraphStructure(Value):
    """The compiled graph: what is drawn cannot drift from what runs."""

    version: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


class Scenario(Value):
    """A scripted opening for the Live desk: the messages a customer sends, one by one."""

    id: str
    title: str
    description: str
    messages: tuple[str, ...]
    customer_id: str | None = None


class ProofStep(Value):
    """One observed step of the durability proof; `ms` is the time it took in milliseconds."""

    name: str
    detail: str
    pid: int
    ms: float
    ok: bool


class Proof(Value):
    """The result of the durability proof."""

    passed: bool
    pause_pid: int
    resume_pid: int
    pause_ms: float
    resume_ms: float
    total_ms: float
    steps: tuple[ProofStep, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented way to serialise a property
    @property
    def different_processes(self) -> bool:
        """Whether pause and resume happened in two processes."""
        return self.pause_pid != self.resume_pid


class AuditReport(Value):
    """Whether the audit chain holds; `broken_at` is the first sequence number that does not."""

    ok: bool
    entries: int
    head: str
    anchored_seq: int
    broken_at: int | None = None
    problem: str | None = None


class Check(Value):
    """One finding of `doctor`: what was looked at, whether it is well, and what to do if not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
