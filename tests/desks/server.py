"""Applications on a real HTTP server of this process, which a test tells when to misbehave."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

Json = dict[str, Any]

Whim = Literal[
    "well",
    "busy",
    "fails",
    "away",
    "late",
    "finishes too late",
    "accepts, then silent",
    "accepts, then cuts",
    "drops",
    "prose",
]
"""What a server does with a request. `late` answers after the client gave up and has done nothing by then; with
`finishes too late` it does it when `finish` is called."""

Mood = Callable[[Request], Whim]


def well(_request: Request) -> Whim:
    return "well"


@dataclass
class Misbehaving:
    """Does with each request what `mood` says; `silence_s` has to be longer than clients wait."""

    mood: Mood = well
    silence_s: float = 1.0
    retry_after: str = "1"
    asked: list[tuple[float, str, str]] = field(default_factory=list)
    unfinished: list[Callable[[], Response]] = field(default_factory=list)

    def finish(self) -> None:
        """Do now what clients have given up."""
        while self.unfinished:
            self.unfinished.pop(0)()

    async def answer(self, request: Request, do: Callable[[], Response]) -> Response:
        """The answer of `do`, or what comes in its place."""
        self.asked.append((time.time(), request.method, request.url.path))
        whim = self.mood(request)
        instead = self._instead(whim)
        if whim == "finishes too late":
            self.unfinished.append(do)
        if whim in {"late", "finishes too late"}:
            await asyncio.sleep(self.silence_s)
        if instead is not None:
            return instead
        response = do()
        if whim == "accepts, then silent":
            await asyncio.sleep(self.silence_s)
        if whim == "accepts, then cuts":
            return StreamingResponse(_cut(bytes(response.body)[:20]), 201, {"Content-Length": "1000"})
        return response

    def _instead(self, whim: Whim) -> Response | None:
        answers: dict[Whim, Callable[[], Response]] = {
            "busy": lambda: PlainTextResponse("Too many requests", 429, {"Retry-After": self.retry_after}),
            "fails": lambda: JSONResponse({"error": "InternalError", "description": "It broke"}, 500),
            "away": lambda: PlainTextResponse("<html><body>Maintenance</body></html>", 503),
            "prose": lambda: PlainTextResponse("<html><body>Your instance is hibernating</body></html>", 200),
            "drops": lambda: StreamingResponse(_cut(b""), 200, {"Content-Length": "1000"}),
            "late": lambda: PlainTextResponse("Too late", 504),
            "finishes too late": lambda: PlainTextResponse("Too late", 504),
        }
        return answers[whim]() if whim in answers else None


async def _cut(beginning: bytes) -> AsyncIterator[bytes]:
    yield beginning
    raise ConnectionResetError


class AppServer:
    """Serves an application from entering to leaving."""

    def __init__(self, app: Starlette) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
