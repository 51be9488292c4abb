"""Who decided what."""

from typing import Literal

from agent.model.money import Money
from agent.model.value import Value
from agent.model.words import Action, DenialReason, IdentitySource, ReviewStatus, Role, ThreadStatus


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


class DecisionResult(Value):
    """What a decision led to: `status` is the thread's, `action_result` what was done ("Refund issued: $42.50")."""

    review_id: str
    thread_id: str
    status: ThreadStatus
    review_status: ReviewStatus
    action_result: str
    reply: str
