"""The application: what the interface offers, who is let in, and how it refuses."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.middleware.cors import CORSMiddleware

from agent.api import chat, documentation, operation, reviews, sessions, streams, threads, widget
from agent.api.doorkeeper import Doorkeeper
from agent.api.gate import Gate
from agent.api.hub import Hub
from agent.api.lending import Door, Shared
from agent.api.limiting import RequestLimit, StreamSeats
from agent.api.problems import answer_with_problems
from agent.api.quiet import keep_websockets_quiet
from agent.api.waits import USUAL, Waits
from agent.desk import Desk
from agent.observing.request_spans import request_spans
from agent.observing.tracing import flush_traces
from agent.settings import Settings
from agent.version import VERSION

__all__ = ["Door", "closed_api", "create_api"]

ABOUT = """A support desk over HTTP: an agent answers what it safely can, and nothing that costs money or trust happens
without a person.

A message that was acknowledged is kept and answered once. A review is decided once. Every refusal is a problem document
(RFC 9457) that says what did not happen and what to do next.

Bring a key (`Authorization: Bearer tk_…`), a token of your identity provider, or a customer's session token.
"""
HEADERS_OF_WEBSITES = ["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"]


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Locked:
    """A door that stays shut."""

    problem: str
    desk: Desk | None = None


def closed_api(problem: str) -> FastAPI:
    """The application of a process whose settings are not usable: everything is refused with the reason."""
    locked = Locked(problem)
    return create_api(lambda: locked, Settings.model_construct())


def create_api(
    door: Callable[[], Door],
    settings: Settings,
    *,
    demo_allowed: Callable[[], bool] = _always,
    waits: Waits = USUAL,
) -> FastAPI:
    """The application for the desk behind `door`, which may still be opening.

    `demo_allowed` closes the demo where pages ask people to sign in. Raises nothing; keys are read when they are used.
    """

    def open_desk() -> Any:
        return door().desk

    keep_websockets_quiet()
    shared = Shared(
        settings=settings,
        door=door,
        waits=waits,
        gate=Gate(settings, demo_allowed, waits),
        hub=Hub(open_desk, waits),
        seats=StreamSeats(settings.api_streams),
        requests=RequestLimit(settings.api_rate),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        shared.hub.close()
        await to_thread.run_sync(flush_traces)

    app = FastAPI(
        title="Support Triage Autopilot",
        version=VERSION,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=request_spans(),
    )
    app.state.shared = shared
    # only described here: the doorkeeper has looked at both before a handler runs
    credentials = [
        Depends(HTTPBearer(auto_error=False, description="A key (tk_…), a session token (ts_…) or a JWT.")),
        Depends(APIKeyHeader(name="X-API-Key", auto_error=False, description="A key (tk_…).")),
    ]
    for part in (chat, threads, streams, reviews, sessions):
        app.include_router(part.router, dependencies=credentials)
    for part in (operation, widget, documentation):
        app.include_router(part.router)
    answer_with_problems(app)
    documentation.describe(app)
    app.add_middleware(Doorkeeper, shared=shared)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.widget_origins),
        allow_methods=["GET", "POST"],
        allow_headers=HEADERS_OF_WEBSITES,
        expose_headers=["Retry-After", "X-Triage-Mode"],
    )
    return app
