"""A real HTTP server on a free port that keeps what it is asked and answers as a test tells it to."""

import json
import struct
import sys
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from threading import Event, Lock, Thread
from typing import Any, Self

Json = dict[str, Any]


class Exchange:
    """One request, and the ways to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: Json, stopped: Event) -> None:
        self._handler = handler
        self.path = handler.path
        self.body = body
        self.authorization = handler.headers.get("authorization", "")
        self.stopped = stopped

    def send(self, document: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.send_text(json.dumps(document), "application/json", status, headers)

    def send_text(self, text: str, kind: str, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        data = text.encode()
        self._begin(status, {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})})
        self.write(data)

    def begin_stream(self) -> None:
        """No length is told, so that the end of the connection is the end of the reply."""
        self._handler.close_connection = True
        self._begin(200, {"Content-Type": "text/event-stream", "Connection": "close"})

    def event(self, document: Json | str) -> None:
        text = document if isinstance(document, str) else json.dumps(document)
        self.write(f"data: {text}\n\n".encode())

    def write(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def reset(self) -> None:
        """Cut the connection so that the other side notices."""
        self._handler.close_connection = True
        self._handler.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.connection.close()

    def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()


Respond = Callable[[Exchange], None]


class WireServer:
    """Serves from entering to leaving; every request has a thread of its own."""

    def __init__(self, respond: Respond, latency_s: float = 0.0) -> None:
        self.requests: list[Json] = []
        self._respond = respond
        self._latency_s = latency_s
        self._lock = Lock()
        self._stopped = Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def respond_from_now(self, respond: Respond) -> None:
        self._respond = respond

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else head and body are sent 40 ms apart

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server._lock:
                    server.requests.append(body)
                server._stopped.wait(server._latency_s)
                server._respond(Exchange(self, body, server._stopped))

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gives up is what many tests are about."""
        if not isinstance(sys.exc_info()[1], OSError | ValueError):
            super().handle_error(request, client_address)
