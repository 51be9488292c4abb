"""How the server and the desk are."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request

from agent.api.callers import OPERATORS
from agent.api.documents import HealthDocument
from agent.api.lending import CallerOf, DeskOf, shared_of
from agent.api.problems import documented

router = APIRouter(tags=["operation"])


class Alive(BaseModel):
    """The server answers."""

    status: str


@router.get("/healthz", summary="Is the server alive?")
def alive() -> Alive:
    """For whoever restarts processes; says nothing about the desk."""
    return Alive(status="alive")


@router.get("/readyz", summary="Is the desk open?", responses=documented())
def ready(request: Request) -> Alive:
    """For whoever sends traffic: 503 while the desk is being opened, or if it cannot be."""
    shared_of(request).desk()
    return Alive(status="ready")


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
