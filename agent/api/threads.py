"""Threads: what was said, ratings, and what people do who have taken one over."""

from typing import Annotated

from fastapi import APIRouter, Query

from agent.api.callers import OPERATORS, Caller
from agent.api.documents import AnswerRequest, Done, Rated, RatingRequest, ThreadDocument, ThreadPage
from agent.api.lending import CallerOf, DeskOf, VisitOf
from agent.api.problems import documented
from agent.api.streams import own_thread, unknown_thread
from agent.api.visible import author_for
from agent.desk import Desk
from agent.errors import UnknownThreadError
from agent.model import ThreadView
from agent.protocols.authority import DECIDERS

MOST = 200

router = APIRouter(tags=["threads"])


@router.get("/threads", summary="List threads", responses=documented())
def threads(
    desk: DeskOf,
    caller: CallerOf,
    search: Annotated[str, Query(max_length=200, description="In title, customer or id.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> ThreadPage:
    """Last touched first. For analysts, reviewers, leads and admins."""
    caller.require(OPERATORS, "list threads")
    return ThreadPage(items=desk.threads(limit=limit, search=search))


@router.get("/threads/{thread_id}", summary="A thread with its transcript", responses=documented(404))
async def thread(thread_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> ThreadDocument:
    """Customers see their own; decision records are for people who work here."""
    known = await own_thread(visit, desk, caller, thread_id)
    view = await visit.hub.run(desk.thread, known.thread_id)
    return await visit.hub.run(_document, desk, caller, view)


def _document(desk: Desk, caller: Caller, view: ThreadView) -> ThreadDocument:
    review = None if view.pending_review_id is None else desk.following.review(view.pending_review_id)
    return ThreadDocument(
        **view.thread.model_dump(exclude={"turns"}),
        transcript=[
            line.model_copy(update={"author": author_for(line.author, line.who, caller)}) for line in view.transcript
        ],
        pending_review_id=view.pending_review_id,
        due_at=review.due_at if review is not None else None,
        last_event_id=view.last_seq,
        turns=list(view.turns) if caller.identity.role in OPERATORS and not caller.is_customer else None,
    )


@router.post("/threads/{thread_id}/answer", summary="Answer as a person", responses=documented(400, 404, 409, 413, 415))
async def answer(thread_id: str, body: AnswerRequest, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> Done:
    """Say something in a thread that was taken over."""
    caller.require(DECIDERS, "answer customers")
    known = await own_thread(visit, desk, caller, thread_id)
    await visit.hub.change(desk.answer, known.thread_id, body.text, caller.identity)
    after = await visit.hub.run(desk.following.thread, known.thread_id)
    return Done(thread_id=after.thread_id, status=after.status)


@router.post(
    "/threads/{thread_id}/hand-back", summary="Give a thread back to the agent", responses=documented(404, 409)
)
async def hand_back(thread_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> Done:
    """The agent answers again from here on."""
    caller.require(DECIDERS, "hand threads back")
    known = await own_thread(visit, desk, caller, thread_id)
    await visit.hub.change(desk.hand_back, known.thread_id, caller.identity)
    after = await visit.hub.run(desk.following.thread, known.thread_id)
    return Done(thread_id=after.thread_id, status=after.status)


@router.post("/turns/{turn_id}/rating", summary="Rate a reply", responses=documented(400, 404, 409, 413, 415))
async def rate(turn_id: str, body: RatingRequest, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> Rated:
    """From 1 (poor) to 5 (good); the last word counts, and nothing waits for it."""
    try:
        known = await visit.hub.run(desk.following.thread_of_turn, turn_id)
    except UnknownThreadError:
        raise unknown_thread() from None
    if not caller.owns(known):
        raise unknown_thread()
    await visit.hub.change(desk.rate, turn_id, body.rating, body.comment)
    return Rated(turn_id=turn_id, rating=body.rating)
