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
    valid_until: str | None = None
    """When the sign-in ends; None for identities that do not end."""


class Change(Value):
    """What a reviewer changed: the words or the amount that were proposed, and what became of them."""

    what: Literal["amount", "reply"]
    before: str
    after: str


class StoredDecision(Value):
    """A decision as the database holds it; payments rest on this and never on a checkpoint.

    `seat` is 1 for who decided, 2 for who confirmed where two people are needed; `seen_at` is when this person first
    had the evidence on the screen, None if that was not on a page.
    """

    review_id: str
    seat: int = 1
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
    seen_at: str | None = None
    changes: tuple[Change, ...] = ()


class Decision(Value):
    """What a reviewer decided; `amount` and `reply` only where they change something, `seen_sha256` what was shown.

    Two people's decision: `seen_sha256` covers the first one's as well, so that nobody confirms what was changed.
    """

    action: Action
    reason: DenialReason | None = None
    note: str = ""
    amount: Money | None = None
    reply: str | None = None
    seen_sha256: str | None = None


class DecisionResult(Value):
    """What a decision led to: `status` is the thread's, `action_result` what was done ("Refund issued: $42.50").

    Until `held_until` it can be called back. `check_case` tells what a seeded case wanted to see; nothing was paid.
    """

    review_id: str
    thread_id: str
    status: ThreadStatus
    review_status: ReviewStatus
    action_result: str
    reply: str
    held_until: str | None = None
    check_case: str | None = None
