"""A collector: a real HTTP server that takes spans as OTLP sends them."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from agent.observing.tracing import flush_traces, start_tracing, stop_tracing


@dataclass(frozen=True, kw_only=True)
class SpanSeen:
    """A span as it came over the wire."""

    name: str
    trace_id: str
    span_id: str
    parent_id: str
    kind: int
    attributes: dict[str, Any]
    error: str | None
    events: list[dict[str, Any]]
    links: list[str]
    ms: float
    service: str


@dataclass
class Collector:
    """What was received; `bodies` are the requests as they came."""

    url: str = ""
    status: int = 200
    taken: list[SpanSeen] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    hangs: Event | None = None
    lock: Lock = field(default_factory=Lock)

    def spans(self, name: str | None = None) -> list[SpanSeen]:
        """Everything that was sent until now, the oldest first."""
        flush_traces()
        with self.lock:
            return [one for one in self.taken if name is None or one.name == name]

    def one(self, name: str) -> SpanSeen:
        """The only span of this name."""
        (found,) = self.spans(name)
        return found

    def parent(self, span: SpanSeen) -> SpanSeen:
        """The span that this one lies in."""
        (found,) = [one for one in self.spans() if one.span_id == span.parent_id]
        return found

    def take(self, body: bytes) -> None:
        """Keep what a request brought."""
        request = ExportTraceServiceRequest.FromString(body)
        with self.lock:
            self.bodies.append(body)
            for resource in request.resource_spans:
                told = {one.key: plain(one.value) for one in resource.resource.attributes}
                for scope in resource.scope_spans:
                    self.taken += [seen(span, str(told["service.name"])) for span in scope.spans]


def seen(span: Span, service: str) -> SpanSeen:
    """The span in plain types."""
    return SpanSeen(
        name=span.name,
        trace_id=span.trace_id.hex(),
        span_id=span.span_id.hex(),
        parent_id=span.parent_span_id.hex(),
        kind=span.kind,
        attributes={one.key: plain(one.value) for one in span.attributes},
        error=span.status.message if span.status.code == span.status.STATUS_CODE_ERROR else None,
        events=[{one.key: plain(one.value) for one in event.attributes} for event in span.events],
        links=[link.trace_id.hex() for link in span.links],
        ms=(span.end_time_unix_nano - span.start_time_unix_nano) / 1e6,
        service=service,
    )


def plain(value: AnyValue) -> Any:
    """The value without its wrapping."""
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [plain(one) for one in value.array_value.values]
    return getattr(value, str(kind))


@contextmanager
def running_collector() -> Iterator[Collector]:
    """A collector on a free port, as long as the block runs."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            if collector.hangs is not None:
                collector.hangs.wait(30)
            if self.path == "/v1/traces" and collector.status == 200:
                collector.take(body)
            answer = json.dumps({}).encode()
            self.send_response(collector.status if self.path == "/v1/traces" else 404)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    collector.url = f"http://127.0.0.1:{server.server_address[1]}/v1/traces"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        if collector.hangs is not None:
            collector.hangs.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def traced(*, with_content: bool = False) -> Iterator[Collector]:
    """This process makes spans, and a collector gets them, as long as the block runs."""
    with running_collector() as collector:
        start_tracing(collector.url, with_content=with_content)
        try:
            yield collector
        finally:
            stop_tracing()
