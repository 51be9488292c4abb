"""POST /chat: a customer's message in, what it led to out."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from agent.api.callers import Caller
from agent.api.documents import MESSAGE_ID_CHARS, ChatRequest, ChatResponse
from agent.api.lending import CallerOf, DeskOf, Visit, VisitOf
from agent.api.problems import Problem, documented
from agent.api.session_tokens import new_session, write_token
from agent.api.streams import own_thread
from agent.desk import Desk
from agent.model import GUEST, ChatResult, Decision, Receipt
from agent.protocols.authority import DECIDERS
from agent.protocols.kept import kept

WAIT_S = 30.0
LONGEST_WAIT_S = 120.0

Wait = Annotated[
    float, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for the reply; 0 returns at once with 202.")
]

router = APIRouter(tags=["chat"])


@router.post(
    "/chat",
    summary="Send a message, or decide what a thread waits for",
    responses=documented(400, 404, 409, 413, 415)
    | {202: {"model": ChatResponse, "description": "Kept, and being worked on; follow the thread's events."}},
)
async def chat(
    body: ChatRequest,
    response: Response,
    desk: DeskOf,
    caller: CallerOf,
    visit: VisitOf,
    wait_s: Wait = WAIT_S,
    idempotency_key: Annotated[
        str | None, Header(min_length=1, max_length=MESSAGE_ID_CHARS, description="The same as message_id.")
    ] = None,
) -> ChatResponse:
    """Keeps the message first; what was acknowledged is answered, whatever happens to this connection.

    The same message id with the same body gives the same answer, and nothing happens twice; with another body it is
    refused with 409. With `approval` it decides the thread's pending review, for which the caller needs the role.
    """
    message_id = _one_id(body.message_id, idempotency_key)
    if body.approval is not None:
        result = await _approve(desk, caller, visit, body, message_id=message_id or "", wait_s=wait_s)
    else:
        receipt = await _receive(desk, caller, visit, body, message_id)
        with kept("The message"):
            if wait_s > 0 and not receipt.queued:
                await visit.hub.settled(desk, receipt.thread_id, receipt.turn_id, wait_s)
            result = await visit.hub.run(desk.following.result, receipt)
    with kept("The decision" if body.approval is not None else "The message"):
        if not await visit.hub.run(desk.following.is_settled, result.turn_id):
            response.status_code = 202
        return await visit.hub.run(_answer, desk, caller, result, message_id)


def _one_id(in_body: str | None, in_header: str | None) -> str | None:
    if in_body is not None and in_header is not None and in_body != in_header:
        detail = "message_id and Idempotency-Key are two names of one thing and differ; nothing was stored. Send one."
        raise Problem(422, "invalid-request", detail)
    return in_body if in_body is not None else in_header


async def _receive(desk: Desk, caller: Caller, visit: Visit, body: ChatRequest, message_id: str | None) -> Receipt:
    if body.text is None:
        raise Problem(
            422, "invalid-message", "The message has no text; nothing was stored. Send what the customer writes."
        )
    thread_id = body.thread_id if caller.thread_id is None else caller.thread_id
    customer_id = _customer(caller, body)
    if body.thread_id is not None:
        thread = await own_thread(visit, desk, caller, body.thread_id)
        if body.customer_id is not None and body.customer_id != thread.customer_id:
            raise Problem(
                409, "conflict", "The thread is another customer's; nothing was stored. Leave one of them out."
            )
    own_id = f"{caller.namespace}/{message_id}" if caller.is_customer and message_id is not None else message_id
    receipt = await visit.hub.change(
        desk.receive,
        body.text,
        thread_id=thread_id,
        customer_id=customer_id or GUEST,
        message_id=own_id,
        channel=body.channel,
    )
    if receipt.duplicate and body.thread_id is None and caller.thread_id is None:
        thread = await visit.hub.run(desk.following.thread, receipt.thread_id)
        if thread.customer_id != (customer_id or GUEST):
            detail = "This message id was used for another customer's message; nothing was stored. Use a new id."
            raise Problem(409, "conflict", detail)
    return receipt


def _customer(caller: Caller, body: ChatRequest) -> str | None:
    if not caller.is_customer:
        return body.customer_id
    if body.customer_id not in {None, caller.customer_id}:
        raise Problem(
            403, "forbidden", "This credential is another customer's; nothing was stored. Leave customer_id out."
        )
    return caller.customer_id


async def _approve(
    desk: Desk, caller: Caller, visit: Visit, body: ChatRequest, *, message_id: str, wait_s: float
) -> ChatResult:
    caller.require(DECIDERS, "decide reviews")
    if body.thread_id is None:
        raise Problem(422, "invalid-decision", "An approval needs its thread_id; nothing was decided.")
    thread = await own_thread(visit, desk, caller, body.thread_id)
    # before the look for an earlier decision: what waits after that one was decided is not what this one is about
    review_id = await visit.hub.run(desk.following.pending_review, thread.thread_id)
    decided = await _decided_before(desk, caller, visit, body, thread.thread_id, message_id) if message_id else None
    if decided is not None:
        return decided
    if review_id is None:
        detail = "The thread waits for no decision; nothing was decided. GET /threads/{id} tells where it stands."
        raise Problem(409, "nothing-pending", detail)
    decision = Decision(action="approve", note=body.text or "")
    if not body.approval:
        decision = Decision(action="deny", reason="other", note=body.text or "Denied through the API without a reason.")
    who = caller.identity
    await visit.hub.decide(desk.decide, review_id, decision, who, wait_s=wait_s, request_id=message_id)
    with kept("The decision"):
        review = await visit.hub.run(desk.review, review_id)
        return await visit.hub.run(desk.following.result_of_turn, review.turn_id)


async def _decided_before(
    desk: Desk, caller: Caller, visit: Visit, body: ChatRequest, thread_id: str, message_id: str
) -> ChatResult | None:
    """The answer to an approval that is sent again under its id; None if this person decided nothing under it."""
    found = await visit.hub.run(desk.following.decided_under, thread_id, message_id, caller.identity.subject)
    if found is None or found.turn_id is None:
        return None
    if found.payload["action"] != ("approve" if body.approval else "deny"):
        detail = "This message id was used for another decision; nothing was decided. Send it again under a new id."
        raise Problem(409, "conflict", detail)
    return await visit.hub.run(desk.following.result_of_turn, found.turn_id)


def _answer(desk: Desk, caller: Caller, result: ChatResult, message_id: str | None) -> ChatResponse:
    shown = result.model_dump()
    review = None if result.review_id is None else desk.following.review(result.review_id)
    shown["due_at"] = review.due_at if review is not None and review.is_open else None
    if caller.is_customer:
        shown |= {"rules": (), "message_id": message_id or result.message_id}
    if caller.customer_id == GUEST:
        shown["session"] = _session_for(desk, caller, result.thread_id)
    return ChatResponse.model_validate(shown)


def _session_for(desk: Desk, caller: Caller, thread_id: str) -> str | None:
    """All guests share a customer id, so a guest's token opens one thread; the first message makes it known."""
    if caller.thread_id is not None:
        return None
    session = new_session(desk.access, GUEST, "", thread_id, session_id=caller.namespace)
    return write_token(desk.access, session)
