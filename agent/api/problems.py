"""Refusals over HTTP: problem documents of RFC 9457 that say what did not happen and what to do next."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request

from agent.errors import (
    ConfigurationError,
    ConflictError,
    DeskError,
    EngineError,
    ForbiddenError,
    InvalidDecisionError,
    InvalidFilterError,
    InvalidMessageError,
    OrderRefusedError,
    OtherReleaseError,
    OverRefundError,
    PaymentError,
    StorageError,
    ThreadBusyError,
    UnknownReviewError,
    UnknownThreadError,
)

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
BASE = "urn:support-triage:problem:"

OF_ERRORS: tuple[tuple[type[DeskError], int, str], ...] = (
    (InvalidMessageError, 422, "invalid-message"),
    (InvalidDecisionError, 422, "invalid-decision"),
    (InvalidFilterError, 422, "invalid-filter"),
    (UnknownThreadError, 404, "not-found"),
    (UnknownReviewError, 404, "not-found"),
    (ThreadBusyError, 409, "thread-busy"),
    (ConflictError, 409, "conflict"),
    (ForbiddenError, 403, "forbidden"),
    (OverRefundError, 409, "over-refund"),
    (PaymentError, 502, "payment-failed"),
    (OrderRefusedError, 409, "order-refused"),
    (EngineError, 502, "engine-failed"),
    (StorageError, 503, "storage-unavailable"),
    (OtherReleaseError, 503, "other-release"),
    (ConfigurationError, 503, "not-configured"),
)
"""Which status each error of the desk has; the first that fits counts."""


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Names the kind of problem; stable.", examples=[BASE + "conflict"])
    title: str = Field(description="The kind in words.", examples=["Conflict"])
    status: int = Field(description="The HTTP status.", examples=[409])
    detail: str = Field(
        description="What did not happen, and what to do next.",
        examples=["Review 1b… was already decided by robin, at 21 Nov 2026, 07:30 UTC: approve. Nothing was decided."],
    )
    instance: str = Field(description="The path that was asked for.", examples=["/reviews/1b…/decision"])
    errors: list[dict[str, str]] | None = Field(default=None, description="Each field that does not fit, and why.")


class Problem(HTTPException):
    """A refusal that a handler or a middleware answers with."""

    def __init__(self, status: int, slug: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """`slug` ends the type; `detail` says what did not happen and what to do."""
        super().__init__(status, detail, headers)
        self.slug = slug

    def response(self, connection: HTTPConnection, errors: list[dict[str, str]] | None = None) -> JSONResponse:
        """The problem document for this request."""
        document = ProblemDocument(
            type=BASE + self.slug,
            title=HTTPStatus(self.status_code).phrase,
            status=self.status_code,
            detail=_printable(self.detail),
            instance=_printable(connection.url.path),
            errors=errors,
        )
        return JSONResponse(
            document.model_dump(exclude_none=True),
            status_code=self.status_code,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def problem_of(error: DeskError) -> Problem:
    """The problem that an error of the desk is."""
    for kind, status, slug in OF_ERRORS:
        if isinstance(error, kind):
            return Problem(
                status, slug, str(error), {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
            )
    logger.error("the desk refused a request: %s", error)
    return Problem(500, "desk-error", str(error))


def answer_with_problems(app: FastAPI) -> None:
    """Let every failure of this application be a problem document."""

    @app.exception_handler(Problem)
    async def refused(request: Request, problem: Problem) -> JSONResponse:
        return problem.response(request)

    @app.exception_handler(DeskError)
    async def refused_by_the_desk(request: Request, error: DeskError) -> JSONResponse:
        return problem_of(error).response(request)

    @app.exception_handler(RequestValidationError)
    async def unfit(request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        if any(each["type"] == "json_invalid" for each in found):
            malformed = Problem(
                400, "malformed-json", "The body is not JSON; nothing was stored. Send one JSON object."
            )
            return malformed.response(request)
        # never the input itself: it may be long, secret, or nothing that JSON can hold
        fields = [{"where": ".".join(map(str, each["loc"])), "why": str(each["msg"])} for each in found]
        said = "; ".join(f"{field['where']}: {field['why']}" for field in fields[:5])
        detail = f"The request does not fit; nothing was stored. {said}."
        return Problem(422, "invalid-request", detail).response(request, errors=fields)

    @app.exception_handler(HTTPException)
    async def by_the_framework(request: Request, error: HTTPException) -> JSONResponse:
        detail = {
            404: "There is nothing at this address; nothing was done. /openapi.json lists what there is.",
            405: "This address does not take that method; nothing was done. /openapi.json lists what it takes.",
        }.get(error.status_code, f"{error.detail}. Nothing was stored.")
        slug = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        return Problem(error.status_code, slug, detail, error.headers).response(request)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        del error  # the server's log has it; its text may hold what nobody outside should read
        detail = "The desk could not finish this. What it had acknowledged before is kept; the log says why."
        return Problem(500, "internal-error", detail).response(request)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of the refusals that an operation can answer with."""
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({*statuses, 401, 403, 422, 429, 503})
    }
