"""How the server and the desk are."""

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.requests import Request

from agent.api.callers import OPERATORS, caller_of
from agent.api.documents import HealthDocument
from agent.api.lending import CallerOf, DeskOf, shared_of
from agent.api.problems import Problem, documented
from agent.monitoring import CONTENT_TYPE_LATEST

router = APIRouter(tags=["operation"])

FIGURES = documented(404) | {
    200: {"description": "The figures.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


class Alive(BaseModel):
    """The server answers."""

    status: str


@router.get("/healthz", summary="Is the server alive?")
async def alive() -> Alive:
    """For whoever restarts processes; says nothing about the desk."""
    return Alive(status="alive")


@router.get("/readyz", summary="Is the desk open?", responses=documented())
async def ready(request: Request) -> Alive:
    """For whoever sends traffic: 503 while the desk is being opened, or if it cannot be."""
    shared_of(request).desk()
    return Alive(status="ready")


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response, responses=FIGURES)
def metrics(request: Request, desk: DeskOf) -> Response:
    """In Prometheus' text format, see docs/observing.md. For analysts, reviewers, leads and admins, or for everybody.

    `TRIAGE_METRICS` says which: key, open or off.
    """
    access = shared_of(request).settings.metrics
    if access == "off":
        raise Problem(404, "not-found", "This desk shows no figures; nothing was read. TRIAGE_METRICS says so.")
    if access == "key":
        caller_of(request).require(OPERATORS, "see the desk's figures")
    return Response(desk.monitoring.metrics(), media_type=CONTENT_TYPE_LATEST)


@router.get("/health", summary="What is well and what is not", responses=documented())
def health(desk: DeskOf, caller: CallerOf) -> HealthDocument:
    """Every check with its remedy. For analysts, reviewers, leads and admins."""
    caller.require(OPERATORS, "see the desk's health")
    checks, counts = desk.checks(), desk.queue_counts()
    return HealthDocument(
        ok=all(check.ok for check in checks),
        engine=desk.engine,
        articles=desk.articles,
        pending=counts.pending,
        overdue=counts.overdue,
        checks=checks,
    )
