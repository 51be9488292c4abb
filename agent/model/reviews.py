"""Reviews and the queue of them."""

from typing import Any, Literal

from pydantic import Field

from agent.canonical import digest
from agent.model.decisions import StoredDecision
from agent.model.evidence import Evidence
from agent.model.money import Money
from agent.model.refunds import Clause
from agent.model.value import Value
from agent.model.words import Action, Priority, Recommendation, ReviewKind, ReviewStatus, Team


class Review(Value):
    """One pause of one thread, waiting for a person or decided by one.

    `payload` is the whole interrupt value, `payload_sha256` the digest of its canonical JSON: a decision counts only
    for exactly this evidence. `first` is the decision that waits for a second person. Until `held_until` a decision can
    be called back. A claim says who works on it until when; it has ended once `claimed_until` is past.
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
    team: Team = "billing"
    reason: str = ""
    look_alike: str = ""
    check_case: str | None = None
    claimed_by: str | None = None
    claimed_until: str | None = None
    held_until: str | None = None
    second_interrupt_id: str | None = None
    first: StoredDecision | None = None
    decided_at: str | None = None
    decided_by: str | None = None
    decided_action: Action | Literal["expire"] | None = None

    @property
    def evidence(self) -> Evidence:
        """The evidence card's content."""
        return Evidence.model_validate(self.payload["evidence"])

    @property
    def allowed_actions(self) -> tuple[Action, ...]:
        """What a reviewer may do with it; who comes second confirms exactly what the first decided, or does not."""
        if self.status == "awaiting_second":
            return ("approve", "deny", "respond", "take-over")
        return ("approve", "edit", "deny", "respond", "take-over")

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.status in {"pending", "awaiting_second"}

    @property
    def seen_sha256(self) -> str:
        """What a decision has to name as seen: the evidence, with the first decision where there is one."""
        if self.first is None:
            return self.payload_sha256
        return digest([self.payload_sha256, self.first.model_dump(mode="json")])


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
    expires_at: str
    created_at: str
    due_in_s: int
    age_s: int
    clauses: tuple[Clause, ...]
    team: Team
    reason: str
    look_alike: str
    payload_sha256: str
    claimed_by: str | None
    claimed_until: str | None
    held_until: str | None
    decided_by: str | None
    decided_at: str | None
    decided_action: str | None


OPEN: tuple[ReviewStatus, ...] = ("pending", "awaiting_second")
"""Statuses of a review that somebody still has to decide."""


class QueueFilter(Value):
    """Which reviews to list. Empty tuples mean no restriction; `search` looks at request, requester, order number.

    `claimed_by` keeps those that this person works on now; ages are in hours.
    """

    statuses: tuple[ReviewStatus, ...] = OPEN
    kinds: tuple[ReviewKind, ...] = ()
    priorities: tuple[Priority, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    min_minor: int | None = None
    max_minor: int | None = None
    teams: tuple[Team, ...] = ()
    reasons: tuple[str, ...] = ()
    look_alike: str | None = None
    claimed_by: str | None = None
    min_age_h: float | None = None
    max_age_h: float | None = None
    search: str = ""


class QueueCounts(Value):
    """Figures over the open reviews; `oldest_s` is the age of the oldest in seconds, 0 when none waits.

    `ageing` counts them by age: under 1 h, 1 to 4, 4 to 8, 8 to 24, and older. `decided_lately` and `opened_lately`
    are over the last `lately_h` hours; `clear_in_s` is when the queue is empty at this pace, None if it is not getting
    shorter or too little was decided to tell.
    """

    pending: int
    overdue: int
    amount: Money
    oldest_s: int
    ageing: tuple[int, int, int, int, int]
    decided_lately: int
    opened_lately: int
    lately_h: float
    clear_in_s: int | None
    latest_seq: int = Field(description="grows with every new or decided review; compare to notice changes")


class LookAlikes(Value):
    """Open refunds that the rules judge alike: same verdicts, same recommendation, same band of amounts."""

    key: str
    recommendation: Recommendation
    count: int
    amount: Money
    rows: tuple[ReviewSummary, ...]
