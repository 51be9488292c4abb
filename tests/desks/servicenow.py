"""ServiceNow's incident table as its documentation describes it, as far as this desk uses it."""

import base64
import re
import time
from dataclasses import dataclass, field
from operator import itemgetter

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.desks.server import Json, Misbehaving

USER, PASSWORD = "robot", "secret-password"


@dataclass
class ServiceNow:
    """An instance with one user. It takes the same correlation id twice, as the real one does."""

    behaviour: Misbehaving = field(default_factory=Misbehaving)
    tickets: list[Json] = field(default_factory=list)
    created_on: str = ""
    """When what is created now was begun, if that was before."""

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/now/table/incident", self.create, methods=["POST"]),
                Route("/api/now/table/incident", self.listed),
            ]
        )

    def change(self, external_id: str, state: str) -> None:
        (incident,) = [one for one in self.tickets if one["external_id"] == external_id]
        incident |= {"state": state, "changed": time.time()}

    async def create(self, request: Request) -> Response:
        body = await request.json()
        return await self.behaviour.answer(request, lambda: _refused(request) or self._created(body))

    async def listed(self, request: Request) -> Response:
        return await self.behaviour.answer(request, lambda: _refused(request) or self._found(request))

    def _created(self, body: Json) -> Response:
        if not body.get("short_description"):
            detail = "Data Policy Exception: Short description is mandatory"
            return JSONResponse({"error": {"message": "Operation Failed", "detail": detail}, "status": "failure"}, 403)
        count = len(self.tickets)
        incident = {**body, "sys_id": f"{count:032x}", "number": f"INC{10_001 + count:07}", "state": "1"}
        kept = {**incident, "external_id": body["correlation_id"], "changed": time.time()}
        self.tickets.append({**kept, "sys_created_on": self.created_on or str(time.time())})
        return JSONResponse({"result": incident}, 201)

    def _found(self, request: Request) -> Response:
        query = request.query_params["sysparm_query"]
        first = int(request.query_params.get("sysparm_offset", "0"))
        limit = int(request.query_params["sysparm_limit"])
        found = sorted((one for one in self.tickets if _matches(one, query)), key=itemgetter("sys_created_on"))
        return JSONResponse({"result": found[first : first + limit]})


def _matches(incident: Json, query: str) -> bool:
    for condition in query.split("^"):
        ago = re.fullmatch(r"sys_updated_onRELATIVEGT@minute@ago@(\d+)", condition)
        name, _, wanted = condition.partition("=")
        if ago and incident["changed"] < time.time() - 60 * int(ago.group(1)):
            return False
        if not ago and wanted and incident[name] != wanted:
            return False
    return True


def _refused(request: Request) -> Response | None:
    wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    if request.headers.get("authorization") == f"Basic {wanted}":
        return None
    error = {"message": "User Not Authenticated", "detail": "Required to provide Auth information"}
    return JSONResponse({"error": error, "status": "failure"}, 401)
