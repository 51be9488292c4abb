"""What was decided by whom, and how carefully."""

from agent.model.decisions import StoredDecision
from agent.model.money import Money
from agent.model.value import Value
from agent.model.words import Action, GivenRole, Recommendation, ReviewKind, ReviewStatus


class Person(Value):
    """A role that was given, or taken away ("none"), at this desk; it counts more than what a sign-in says."""

    subject: str
    role: GivenRole
    changed_at: str
    changed_by: str


class HistoryFilter(Value):
    """Which decisions to list; empty means no restriction. `since` and `until` are times as text."""

    subject: str = ""
    actions: tuple[Action, ...] = ()
    kinds: tuple[ReviewKind, ...] = ()
    search: str = ""
    since: str | None = None
    until: str | None = None


class PastDecision(Value):
    """A decision with the review that it was taken on. `withdrawn_at` is set if it was called back.

    `waited_s` are seconds from the opening of the review to the decision, `looked_s` those from this person's first
    sight of the evidence, None if it was not taken on a page.
    """

    decision: StoredDecision
    thread_id: str
    kind: ReviewKind
    requester: str
    order_number: str | None
    request: str
    proposed: Money | None
    recommendation: Recommendation
    review_status: ReviewStatus
    withdrawn_at: str | None
    waited_s: float
    looked_s: float | None
    is_check_case: bool


class ReviewerFigures(Value):
    """How somebody decides, over the decisions that were not called back; shares are 0..1, None without any case.

    `median_s` is the median time from the first sight of the evidence to the decision, in seconds. `quick` are
    approvals that took less than three. `against_rule` are approvals although the rules did not recommend it. Check
    cases are seeded refunds that have to be denied. `agreement` compares with second looks by people who did not see
    what was decided; `kappa` is Cohen's, which leaves out agreement by chance.
    """

    subject: str
    decisions: int
    approve_share: float | None
    edit_share: float | None
    median_s: float | None
    quick: int
    against_rule: int
    called_back: int
    checks_seen: int
    checks_caught: int
    second_looks: int
    agreement: float | None
    kappa: float | None


class SecondLook(Value):
    """What somebody would have decided without seeing what was; `verdict` is approve or deny."""

    review_id: str
    subject: str
    verdict: Action
    note: str
    at: str


class CheckCase(Value):
    """A refund request that has to be denied, to see whether anybody looks; it can never be paid."""

    id: str
    message: str
    customer_id: str
    why: str


class BatchOutcome(Value):
    """What became of one review of a batch: the error says why it was not decided."""

    review_id: str
    action_result: str | None = None
    held_until: str | None = None
    error: str | None = None
