"""Zendesk as its documentation describes it, as far as this desk uses it."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.desks.server import Json, Misbehaving

EMAIL, TOKEN = "robot@example.com", "secret-token"


@dataclass
class Zendesk:
    """An account with one API token; `keeps_keys` is whether it knows Idempotency-Key."""

    behaviour: Misbehaving = field(default_factory=Misbehaving)
    url: str = ""
    keeps_keys: bool = True
    finds_fault_with: str = "\0"
    tickets: list[Json] = field(default_factory=list)
    keys: dict[str, tuple[Json, Json]] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/v2/tickets.json", self.create, methods=["POST"]),
                Route("/api/v2/tickets.json", self.listed),
                Route("/api/v2/incremental/tickets/cursor.json", self.export),
            ]
        )

    def change(self, external_id: str, status: str) -> None:
        (ticket,) = [one for one in self.tickets if one["external_id"] == external_id]
        ticket |= {"status": status, "changed": max(one["changed"] for one in self.tickets) + 1}

    async def create(self, request: Request) -> Response:
        body = (await request.json())["ticket"]
        key = request.headers.get("idempotency-key", "")
        return await self.behaviour.answer(request, lambda: _refused(request) or self._created(body, key))

    async def listed(self, request: Request) -> Response:
        wanted = request.query_params["external_id"]
        found = [one for one in self.tickets if one["external_id"] == wanted]
        return await self.behaviour.answer(
            request, lambda: _refused(request) or JSONResponse({"tickets": found, "count": len(found)})
        )

    async def export(self, request: Request) -> Response:
        return await self.behaviour.answer(request, lambda: _refused(request) or self._exported(request))

    def _created(self, body: Json, key: str) -> Response:
        text = body["comment"]["body"]
        if not text or self.finds_fault_with in text:
            problem = {"description": [{"description": "Description: cannot be blank", "error": "BlankValue"}]}
            document = {"error": "RecordInvalid", "description": "Record validation errors", "details": problem}
            return JSONResponse(document, 422)
        if self.keeps_keys and key in self.keys:
            before, answer = self.keys[key]
            if before != body:
                return JSONResponse({"error": "IdempotencyRequestError", "description": "Other parameters"}, 400)
            return JSONResponse({"ticket": answer}, 201, {"x-idempotency-lookup": "hit"})
        number = 35_436 + len(self.tickets)
        ticket = {**body, "id": number, "status": "new", "changed": len(self.tickets) + 1}
        self.tickets.append(ticket)
        self.keys[key] = (body, ticket)
        return JSONResponse({"ticket": ticket}, 201, {"x-idempotency-lookup": "miss"})

    def _exported(self, request: Request) -> Response:
        cursor, start = request.query_params.get("cursor"), request.query_params.get("start_time")
        if cursor is None and (start is None or float(start) > datetime.now(UTC).timestamp() - 60):  # noqa: TID251  a server has its own clock
            return JSONResponse({"error": "InvalidValue", "description": "Too recent start_time"}, 422)
        after = int(cursor or 0)
        changed = sorted((one for one in self.tickets if one["changed"] > after), key=lambda one: int(one["changed"]))
        page = changed[:2]
        last = page[-1]["changed"] if page else after
        return JSONResponse({"tickets": page, "after_cursor": str(last), "end_of_stream": len(changed) <= len(page)})


def _refused(request: Request) -> Response | None:
    wanted = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()
    if request.headers.get("authorization") in {f"Basic {wanted}", f"Bearer {TOKEN}"}:
        return None
    return JSONResponse({"error": "Couldn't authenticate you"}, 401)
