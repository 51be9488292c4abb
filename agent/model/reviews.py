"""Reviews and the queue of them."""

from typing import Any, Literal

from pydantic import Field

from agent.model.evidence import Evidence
from agent.model.money import Money
from agent.model.refunds import Clause
from agent.model.value import Value
from agent.model.words import Action, Priority, Recommendation, ReviewKind, ReviewStatus


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
