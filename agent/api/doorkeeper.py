"""Before anything of a request is read: its size, its kind, who sends it, and whether they may send that much."""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.api.gate import address_of
from agent.api.lending import Shared
from agent.api.problems import Problem, problem_of
from agent.errors import DeskError

BODY_BYTES = 64 * 1024
"""More than a message of the longest kind with everything around it."""
PROBES = ("/healthz", "/readyz")
OPEN = ("/openapi.json", "/docs", "/widget", "/widget.js", "/widget/", "/docs/")
"""What needs no credential; what ends in a slash stands for all below it."""
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class Doorkeeper:
    """Lets a request through to the application, with `state.caller`, or answers it with a problem."""

    def __init__(self, app: ASGIApp, shared: Shared) -> None:
        """`shared` is what the application shares."""
        self._app = app
        self._shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        demo = False
        body = MeasuredBody(receive)

        async def send_marked(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in {**HEADERS, **({"X-Triage-Mode": "demo"} if demo else {})}.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            _check_body(connection)
            demo = await self._admit(connection)
            await self._app(scope, body.receive, send_marked)
        except Problem as problem:
            await problem.response(connection)(scope, receive, send_marked)

    async def _admit(self, connection: HTTPConnection) -> bool:
        """Whether the caller is let in as part of the demo."""
        path = route_path(connection.scope)
        if path in PROBES:
            return False
        if is_open(path) or (path == "/metrics" and self._shared.settings.metrics != "key"):
            self._shared.requests.count(f"address {address_of(connection)}")
            return False
        try:
            desk = self._shared.desk()
            caller = await self._shared.hub.run(self._shared.gate.admit, desk, connection)
        except Problem:
            # whoever guesses keys is slowed down, whoever has one is not
            self._shared.requests.count(f"refused address {address_of(connection)}")
            raise
        except DeskError as error:
            raise problem_of(error) from error
        self._shared.requests.count(caller.client)
        connection.state.caller = caller
        return caller.is_demo


class MeasuredBody:
    """Reads a body that did not say how long it is, and stops when it is too long."""

    def __init__(self, receive: Receive) -> None:
        """Nothing is read yet."""
        self._receive = receive
        self._read = 0

    async def receive(self) -> Message:
        """The next part; raises a 413 when there is too much."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            if self._read > BODY_BYTES:
                raise too_large()
        return message


def _check_body(connection: HTTPConnection) -> None:
    headers = connection.headers
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > BODY_BYTES:
        raise too_large()
    has_body = length not in {"", "0"} or "transfer-encoding" in headers
    if has_body and not is_json(headers) and connection.scope.get("method") not in {"GET", "HEAD", "OPTIONS"}:
        detail = "Bodies are taken as application/json only; nothing was stored. Set Content-Type and send JSON."
        raise Problem(415, "unsupported-media-type", detail)


def is_json(headers: Headers) -> bool:
    """Whether a body says that it is JSON."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def too_large() -> Problem:
    """More than is read."""
    detail = f"The body is larger than {BODY_BYTES // 1024} kB; it was not read and nothing was stored. Send less."
    return Problem(413, "content-too-large", detail, {"Connection": "close"})


def route_path(scope: Scope) -> str:
    """The path below where the application is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def is_open(path: str, paths: Iterable[str] = OPEN) -> bool:
    """Whether a path needs no credential."""
    return any(path == each or (each.endswith("/") and path.startswith(each)) for each in paths)
