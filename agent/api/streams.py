"""Events of a thread as they happen: server-sent events and a WebSocket, both going on where a client left off."""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Header, Query, WebSocket, WebSocketDisconnect
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from agent.api.callers import Caller
from agent.api.lending import CallerOf, DeskOf, Visit, VisitOf
from agent.api.problems import Problem, documented
from agent.api.visible import for_caller
from agent.api.waits import Waits
from agent.desk import Desk
from agent.errors import UnknownThreadError
from agent.model import ThreadSummary

logger = logging.getLogger(__name__)

GRACE_S = 3.0
"""A server that stops gives streams this long to end; one that waits for events looks every second."""
GONE, TRY_AGAIN_LATER, NOT_WELCOME = 1001, 1013, 1008
LARGEST_ID = 2**63 - 1

Documents = AsyncGenerator[dict[str, Any] | None, None]

LastId = Annotated[int | None, Query(ge=0, le=LARGEST_ID, description="Begin after this event.")]

router = APIRouter(tags=["events"])


@router.get(
    "/threads/{thread_id}/events",
    summary="Follow a thread (server-sent events)",
    response_class=EventSourceResponse,
    responses=documented(404)
    | {
        200: {
            "description": "A stream without an end. Each event has its sequence number as id, its type as name, and "
            "itself as JSON.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def follow_by_sse(
    thread_id: str,
    desk: DeskOf,
    caller: CallerOf,
    visit: VisitOf,
    after: LastId = None,
    last_event_id: Annotated[
        int | None, Header(ge=0, le=LARGEST_ID, description="Sent by browsers that reconnect.")
    ] = None,
) -> EventSourceResponse:
    """Replays what happened after the given event, then goes on with what happens. A comment every 15 s keeps it open.

    A stream whose credential ends is ended; one whose client takes nothing for 10 s is cut off.
    """
    thread = await own_thread(visit, desk, caller, thread_id)
    start = last_event_id if last_event_id is not None else after or 0
    return SeatedStream(visit, caller.client, _documents(visit, desk, caller, thread, start))


class SeatedStream(EventSourceResponse):
    """A stream of events that counts among its client's."""

    def __init__(self, visit: Visit, client: str, documents: Documents) -> None:
        """The seat is taken when the response begins, and given back when it ends, however it ends."""
        stopping = anyio.Event()
        super().__init__(
            _sse(documents, stopping),
            ping=visit.waits.heartbeat_s,
            send_timeout=visit.waits.send_s,
            shutdown_event=stopping,
            shutdown_grace_period=GRACE_S,
            headers={"Vary": "Authorization"},
        )
        self._visit = visit
        self._client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, or refuse if the client holds too many."""
        try:
            with self._visit.seats.taken(self._client):
                await super().__call__(scope, receive, send)
        except Problem as problem:
            await problem.response(HTTPConnection(scope))(scope, receive, send)
        except SendTimeoutError:
            logger.info("a stream was cut off: its client took nothing for %d s", self._visit.waits.send_s)


async def _sse(documents: Documents, stopping: anyio.Event) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(retry=1000, comment="events follow")
    async with aclosing(documents):
        async for document in documents:
            if stopping.is_set():
                return
            if document is not None:
                yield ServerSentEvent(data=json.dumps(document), event=document["type"], id=str(document["seq"]))


async def _documents(visit: Visit, desk: Desk, caller: Caller, thread: ThreadSummary, after: int) -> Documents:
    """What this caller may see of a thread's events; None now and then. Ends when they may not look any more."""
    asked_at = anyio.current_time()
    async with aclosing(visit.hub.follow(desk, thread.thread_id, after)) as batches:
        async for batch in batches:
            for event in batch:
                document = for_caller(event, caller)
                if document is not None:
                    yield document
            if anyio.current_time() - asked_at > visit.waits.heartbeat_s:
                asked_at = anyio.current_time()
                if not await visit.still_welcome():
                    return
            yield None


@router.websocket("/ws/{thread_id}")
async def follow_by_websocket(
    websocket: WebSocket,
    thread_id: str,
    desk: DeskOf,
    caller: CallerOf,
    visit: VisitOf,
    last_event_id: LastId = None,
) -> None:
    """The same over a WebSocket: one JSON object an event, and `{"type": "HEARTBEAT"}` every 15 s."""
    try:
        thread = await own_thread(visit, desk, caller, thread_id)
        with visit.seats.taken(caller.client):
            await websocket.accept()
            await _stream(websocket, _documents(visit, desk, caller, thread, last_event_id or 0), visit.waits)
    except Problem as problem:
        await websocket.send_denial_response(problem.response(websocket))


async def _stream(websocket: WebSocket, documents: Documents, waits: Waits) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(_until_gone, websocket, group.cancel_scope)
        code = await _send_all(websocket, documents, waits)
        with anyio.move_on_after(waits.send_s):
            await _close(websocket, code)
        group.cancel_scope.cancel()


async def _send_all(websocket: WebSocket, documents: Documents, waits: Waits) -> int:
    """Send until the stream ends; returns the code to close with."""
    sent_at = anyio.current_time()
    async with aclosing(documents):
        try:
            async for document in documents:
                quiet = document is None and anyio.current_time() - sent_at < waits.heartbeat_s
                if not quiet:
                    with anyio.fail_after(waits.send_s):
                        await websocket.send_text(json.dumps(document or {"type": "HEARTBEAT"}))
                    sent_at = anyio.current_time()
        except TimeoutError:
            logger.info("a WebSocket was cut off: it took nothing for %d s", waits.send_s)
            return TRY_AGAIN_LATER
        except (WebSocketDisconnect, RuntimeError):
            return GONE
    return NOT_WELCOME


async def _until_gone(websocket: WebSocket, scope: anyio.CancelScope) -> None:
    """End the stream when the client goes; what it says meanwhile is not listened to."""
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            scope.cancel()
            return


async def _close(websocket: WebSocket, code: int) -> None:
    try:
        await websocket.close(code)
    except RuntimeError:
        logger.debug("the WebSocket was closed already")


async def own_thread(visit: Visit, desk: Desk, caller: Caller, thread_id: str) -> ThreadSummary:
    """The thread, if it exists and the caller may see it; both refusals are the same, so that ids cannot be tried."""
    try:
        thread: ThreadSummary = await visit.hub.run(desk.following.thread, thread_id)
    except UnknownThreadError:
        raise unknown_thread() from None
    if not caller.owns(thread):
        raise unknown_thread()
    return thread


def unknown_thread() -> Problem:
    """There is no such thread, or it is not the caller's to know of."""
    return Problem(404, "not-found", "There is no such thread for this key or token; nothing was done. Check the id.")
