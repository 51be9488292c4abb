"""Tokens for browsers: for a visitor of an allowed website, for a customer that a website vouches for, for a thread."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request

from agent.api.callers import Caller
from agent.api.documents import SessionDocument, SessionRequest
from agent.api.lending import CallerOf, DeskOf, VisitOf, shared_of
from agent.api.problems import Problem, documented
from agent.api.session_tokens import Session, new_session, write_token
from agent.api.streams import own_thread
from agent.desk import Desk
from agent.model import GUEST

router = APIRouter(tags=["sessions"])


@router.post(
    "/sessions", summary="A token for a customer's browser", status_code=201, responses=documented(400, 413, 415)
)
def session(body: SessionRequest, desk: DeskOf, caller: CallerOf) -> SessionDocument:
    """For a website's own server, which knows who is signed in there: the token opens this customer's threads only.

    It lasts twelve hours, and ends with the key that asked for it.
    """
    _refuse_customers(caller)
    if body.customer_id == GUEST or not body.customer_id.isprintable():
        detail = "This customer id is nobody's own; no token was made. Visitors get theirs from POST /widget/session."
        raise Problem(422, "invalid-request", detail)
    return _document(desk, new_session(desk.access, body.customer_id, _issuer(caller)))


@router.post(
    "/threads/{thread_id}/session", summary="A token for one thread", status_code=201, responses=documented(404)
)
async def thread_session(thread_id: str, desk: DeskOf, caller: CallerOf, visit: VisitOf) -> SessionDocument:
    """For following or going on with this thread from a browser, and nothing else."""
    _refuse_customers(caller)
    known = await own_thread(visit, desk, caller, thread_id)
    made = new_session(desk.access, known.customer_id, _issuer(caller), known.thread_id)
    return await visit.hub.run(_document, desk, made)


@router.post(
    "/widget/session",
    summary="A token for a visitor",
    status_code=201,
    responses=documented(403),
    openapi_extra={"security": []},
)
def widget_session(request: Request, desk: DeskOf) -> SessionDocument:
    """For the chat on an allowed website, without a key: it opens the one thread that the visitor begins with it.

    This desk's own page shows the chat to visitors where websites do, and otherwise in the demo only.
    """
    shared = shared_of(request)
    origin = request.headers.get("origin")
    here = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    if here and not shared.settings.widget_origins:
        shared.gate.admit(desk, request)
    elif not here and origin not in shared.settings.widget_origins:
        detail = (
            "Visitors' tokens are for the chat on allowed websites; none was made. Add it to TRIAGE_WIDGET_ORIGINS."
        )
        raise Problem(403, "foreign-origin", detail)
    return _document(desk, new_session(desk.access, GUEST, ""))


def _refuse_customers(caller: Caller) -> None:
    if caller.is_customer:
        raise Problem(403, "forbidden", "A customer's credential makes no tokens; none was made.")


def _issuer(caller: Caller) -> str:
    return caller.client if caller.identity.source == "api-key" else ""


def _document(desk: Desk, made: Session) -> SessionDocument:
    return SessionDocument(token=write_token(desk.access, made), expires_at=made.expires)
