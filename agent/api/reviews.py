"""Approvals: the queue, the evidence, claims and decisions."""

from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.openapi.models import Example

from agent.api.callers import OPERATORS
from agent.api.chat import WAIT_S, Wait
from agent.api.documents import ApprovalPage, ClaimDocument, ReviewDocument
from agent.api.lending import CallerOf, DeskOf, VisitOf
from agent.api.problems import Problem, documented
from agent.api.streams import own_thread
from agent.model import (
    Decision,
    DecisionResult,
    Priority,
    QueueFilter,
    Recommendation,
    Review,
    ReviewKind,
    ReviewStatus,
    Team,
)
from agent.model.reviews import OPEN
from agent.protocols.authority import DECIDERS

MOST = 200
FARTHEST = 1_000_000

EXAMPLES: dict[str, Example] = {
    "approve": {"value": {"action": "approve"}},
    "another amount": {"value": {"action": "edit", "amount": {"minor": 4250, "currency": "USD"}}},
    "deny": {"value": {"action": "deny", "reason": "outside_window"}},
    "ask": {"value": {"action": "respond", "reply": "Which of the two parcels is it?"}},
    "take over": {"value": {"action": "take-over"}},
}
Taken = Annotated[Decision, Body(openapi_examples=EXAMPLES)]
Held = Annotated[bool, Query(description="Wait for the undo window before it is carried out.")]

router = APIRouter(tags=["approvals"])


@router.get("/approvals", summary="List reviews", responses=documented(), operation_id="approvals")
def approvals(  # noqa: PLR0913, PLR0917  one parameter per filter
    desk: DeskOf,
    caller: CallerOf,
    status: Annotated[list[ReviewStatus] | None, Query(description="Left out: those that wait for a person.")] = None,
    kind: Annotated[list[ReviewKind] | None, Query()] = None,
    priority: Annotated[list[Priority] | None, Query()] = None,
    recommendation: Annotated[list[Recommendation] | None, Query()] = None,
    team: Annotated[list[Team] | None, Query()] = None,
    search: Annotated[str, Query(max_length=200, description="In request, requester and order number.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
) -> ApprovalPage:
    """What is due first comes first. For analysts, reviewers, leads and admins."""
    caller.require(OPERATORS, "see approvals")
    wanted = QueueFilter(
        statuses=tuple(status or OPEN),
        kinds=tuple(kind or ()),
        priorities=tuple(priority or ()),
        recommendations=tuple(recommendation or ()),
        teams=tuple(team or ()),
        search=search,
    )
    rows = desk.queue(wanted, limit=limit + 1, offset=offset)
    more = len(rows) > limit
    return ApprovalPage(items=rows[:limit], limit=limit, offset=offset, next_offset=offset + limit if more else None)


@router.get("/reviews/{review_id}", summary="The evidence of a review", responses=documented(404))
def review(review_id: str, desk: DeskOf, caller: CallerOf) -> ReviewDocument:
    """Everything a decision rests on. For analysts, reviewers, leads and admins."""
    caller.require(OPERATORS, "see reviews")
    found = desk.review(review_id)
    return ReviewDocument(
        review=found.model_dump(mode="json"),
        allowed_actions=list(found.allowed_actions) if found.is_open else [],
        seen_sha256=found.seen_sha256,
        held_messages=desk.held_messages(review_id),
    )


@router.post(
    "/reviews/{review_id}/decision", summary="Decide a review", responses=documented(400, 404, 409, 413, 415, 502)
)
async def decide(
    review_id: str,
    decision: Taken,
    desk: DeskOf,
    caller: CallerOf,
    visit: VisitOf,
    wait_s: Wait = WAIT_S,
    held: Held = False,  # noqa: FBT002  a query parameter
) -> DecisionResult:
    """Decides once: who comes second gets 409 and the name of who was first. Needs a reviewer's role.

    Amounts are in minor units: `{"minor": 4250, "currency": "USD"}` is $42.50.
    """
    caller.require(DECIDERS, "decide reviews")
    return await visit.hub.decide(desk.decide, review_id, decision, caller.identity, wait_s=wait_s, held=held)


@router.post(
    "/threads/{thread_id}/decision",
    summary="Decide what a thread waits for",
    responses=documented(400, 404, 409, 413, 415, 502),
)
async def decide_thread(
    thread_id: str,
    decision: Taken,
    desk: DeskOf,
    caller: CallerOf,
    visit: VisitOf,
    wait_s: Wait = WAIT_S,
    held: Held = False,  # noqa: FBT002  a query parameter
) -> DecisionResult:
    """The same by the thread; 409 if it waits for nothing."""
    caller.require(DECIDERS, "decide reviews")
    thread = await own_thread(visit, desk, caller, thread_id)
    review_id = await visit.hub.run(desk.following.pending_review, thread.thread_id)
    if review_id is None:
        raise Problem(409, "nothing-pending", "The thread waits for no decision; nothing was decided.")
    return await visit.hub.decide(desk.decide, review_id, decision, caller.identity, wait_s=wait_s, held=held)


@router.post("/reviews/{review_id}/claim", summary="Say that one works on a review", responses=documented(404, 409))
async def claim(review_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> ClaimDocument:
    """Others see it and cannot decide meanwhile; claiming again renews it."""
    caller.require(DECIDERS, "claim reviews")
    return _claim(await visit.hub.change(desk.workbench.claim, review_id, caller.identity))


@router.post("/reviews/{review_id}/release", summary="Give a claim back", responses=documented(404, 409))
async def release(review_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> ClaimDocument:
    """One's own; leads and admins give back anybody's."""
    caller.require(DECIDERS, "release claims")
    return _claim(await visit.hub.change(desk.workbench.release, review_id, caller.identity))


@router.post("/reviews/{review_id}/undo", summary="Call one's own decision back", responses=documented(404, 409))
async def undo(review_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> ClaimDocument:
    """While it waits for its undo window; the review is open again then."""
    caller.require(DECIDERS, "call decisions back")
    return _claim(await visit.hub.change(desk.workbench.call_back, review_id, caller.identity))


def _claim(found: Review) -> ClaimDocument:
    return ClaimDocument(review_id=found.review_id, claimed_by=found.claimed_by, claimed_until=found.claimed_until)
