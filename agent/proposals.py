"""What a paused thread shows to reviewers: the ecosystem's request shape with the desk's evidence beside it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from langchain_core.messages import AnyMessage, HumanMessage
from pydantic import BaseModel, ConfigDict, Field

from agent.canonical import digest
from agent.errors import AlarmError
from agent.model import Evidence, Money, Priority, ReviewKind, SpokenLine, StoredDecision, Team
from agent.policy import Policy
from agent.ports.decisions import Decisions
from agent.state import Json, State
from agent.timestamps import later


class GateAnswer(BaseModel):
    """What resumes a gate: the decided review's id and the decided action, and nothing that could be paid or said."""

    model_config = ConfigDict(extra="forbid")

    review_id: str = Field(min_length=1)
    action: Literal["approve", "edit", "deny", "respond", "take-over", "expire"]


class SecondGateAnswer(GateAnswer):
    """What resumes a second gate: whoever comes second changes nothing."""

    action: Literal["approve", "deny", "respond", "take-over", "expire"]


def as_decided(answer: GateAnswer, decision: StoredDecision) -> Json:
    """The decision as the table holds it; raises AlarmError if the answer says something else."""
    if answer.action != decision.action:
        message = f"Review {answer.review_id} was decided {decision.action!r}, not {answer.action!r}; nothing was paid."
        raise AlarmError(message)
    return decision.model_dump(mode="json")


def decision_on(state: State, decisions: Decisions) -> StoredDecision:
    """The decision, read again from the table, for exactly the evidence that this thread froze.

    Raises AlarmError if it was taken on other evidence; nothing may be paid or said then.
    """
    proposal, resumed_with = state["proposal"], state["decision"]
    if proposal is None or resumed_with is None:
        message = f"Thread {state['thread_id']} acts without a decision; nothing was paid."
        raise AlarmError(message)
    decision = decisions.read(resumed_with["review_id"])
    if decision.payload_sha256 != digest(proposal):
        message = f"Review {decision.review_id} was decided on other evidence than the thread holds; nothing was paid."
        raise AlarmError(message)
    return decision


def needs_second(proposal: Json, decision: StoredDecision) -> bool:
    """Whether this approval pays so much that a second person has to confirm it.

    The limit is the one that was frozen with the evidence; past releases froze none.
    """
    limit = proposal.get("four_eyes_above")
    if limit is None or decision.action not in {"approve", "edit"} or proposal["amount"] is None:
        return False
    proposed = Money.model_validate(proposal["amount"])
    highest = max(proposed.minor, decision.amount.minor if decision.amount else 0)
    return highest > int(limit) * 100


def conversation(messages: Sequence[AnyMessage]) -> tuple[SpokenLine, ...]:
    """What the agent has in mind of the conversation, oldest first."""
    return tuple(
        SpokenLine(who="customer" if isinstance(message, HumanMessage) else "agent", text=str(message.content))
        for message in messages
    )


def make_proposal(
    state: State,
    policy: Policy,
    *,
    kind: ReviewKind,
    priority: Priority,
    team: Team,
    evidence: Evidence,
    amount: Money | None,
) -> Json:
    """The interrupt's payload; frozen into the state before the gate, so that resuming cannot change it."""
    minutes = policy.sla_minutes(priority)
    arguments = {"amount": str(amount.amount), "currency": amount.currency} if amount else {"draft": evidence.draft}
    return {
        "action_requests": [
            {
                "name": "issue_refund" if kind == "refund" else "send_reply",
                "args": arguments,
                "description": evidence.summary,
            }
        ],
        "review_configs": [
            {
                "action_name": "issue_refund" if kind == "refund" else "send_reply",
                "allowed_decisions": ["approve", "edit", "reject", "respond"],
            }
        ],
        "kind": kind,
        "priority": priority,
        "team": team,
        "four_eyes_above": policy.four_eyes_above,
        "amount": amount.model_dump() if amount else None,
        "requester": state["customer_id"],
        "turn_id": state["turn_id"],
        "due_at": later(state["received_at"], timedelta(minutes=minutes)),
        "expires_at": later(state["received_at"], timedelta(hours=policy.review_expires_hours)),
        "evidence": evidence.model_dump(mode="json"),
    }
