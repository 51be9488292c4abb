"""A program that is told by webhooks."""

from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.desks.server import Json, Misbehaving

SECRET = "whsec_" + "c2VjcmV0" * 6


@dataclass
class Receiver:
    """Takes what is signed, once for each id."""

    behaviour: Misbehaving = field(default_factory=Misbehaving)
    messages: dict[str, Json] = field(default_factory=dict)
    status: int = 200

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/hook", self.take, methods=["POST"])])

    @property
    def types(self) -> list[Any]:
        return [message["type"] for message in self.messages.values()]

    async def take(self, request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        return await self.behaviour.answer(request, lambda: self._taken(body, headers))

    def _taken(self, body: bytes, headers: dict[str, str]) -> Response:
        if self.status != 200:
            return JSONResponse({}, self.status)
        self.messages[headers["webhook-id"]] = Webhook(SECRET).verify(body, headers)
        return Response(status_code=204)
