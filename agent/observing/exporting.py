"""Making spans and sending them, so that a collector that is away costs no turn anything and the log one line."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from urllib.parse import urlsplit

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from agent.reading.masking import mask_personal
from agent.version import VERSION

logger = logging.getLogger(__name__)

SERVICE = "support-triage-autopilot"
"""The service's name unless OTEL_SERVICE_NAME gives another."""

UNNAMED = "unknown_service"
CLOSE_S = 3.0
"""How long the end of a process may wait for spans that are not sent yet."""

TALKATIVE = (
    "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "opentelemetry.exporter.otlp.common.http",
    "opentelemetry.sdk._shared_internal",
)
"""They log every try; whether spans arrive is said by `SaysOnce`."""


class Tracing:
    """Spans on their way to a collector, by way of a queue of bounded length: a full one drops the oldest."""

    def __init__(self, place: str, *, with_content: bool) -> None:
        """Send to `place`, a full address; everything else is read from OTEL_* by the SDK. Nothing is sent yet."""
        self.place = shown(place)
        self.with_content = with_content
        self._exporter = SaysOnce(OTLPSpanExporter(endpoint=place), self.place)
        self._batches = BatchSpanProcessor(self._exporter)
        self.provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
        self.provider.add_span_processor(MaskedRequests())
        self.provider.add_span_processor(self._batches)
        self.tracer = self.provider.get_tracer("agent", VERSION)

    @property
    def lost(self) -> int:
        """Spans that were lost since the last ones arrived; 0 while all is well."""
        return self._exporter.lost

    def flush(self) -> None:
        """Send what is there now, within three seconds."""
        _within(CLOSE_S, self._batches.force_flush)

    def close(self) -> None:
        """Send what is left, within three seconds; a collector that is away does not hold the process."""
        _within(CLOSE_S, self._batches.shutdown)


class SaysOnce(SpanExporter):
    """Passes spans on to `inner`; logs when they begin to get lost and when they arrive again, not each time."""

    def __init__(self, inner: SpanExporter, place: str) -> None:
        """`place` is where they go, as operators read it."""
        self._inner = inner
        self._place = place
        self._lock = Lock()
        self._lost = 0
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)

    @property
    def lost(self) -> int:
        """Spans that were lost since the last ones arrived."""
        return self._lost

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send a batch; never raises."""
        try:
            result = self._inner.export(spans)
        except Exception:  # noqa: BLE001  whatever it is, spans are lost and nothing else
            result = SpanExportResult.FAILURE
        with self._lock:
            before = self._lost
            self._lost = 0 if result is SpanExportResult.SUCCESS else before + len(spans)
        if self._lost and not before:
            logger.warning(
                "Traces do not reach %s and are lost; turns go on as before. Check OTEL_EXPORTER_OTLP_ENDPOINT.",
                self._place,
            )
        elif before and not self._lost:
            logger.warning("Traces reach %s again; %d spans were lost.", self._place, before)
        return result

    def shutdown(self) -> None:
        """Send no more."""
        self._inner.shutdown()


class MaskedRequests(SpanProcessor):
    """Takes out of the web framework's spans what a client wrote into the address: words to search for, tokens."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Look at a span that has just begun."""
        del parent_context
        attributes = span.attributes or {}
        if "url.query" in attributes:
            span.set_attribute("url.query", "…")
        if "url.path" in attributes:
            span.set_attribute("url.path", mask_personal(str(attributes["url.path"])))


def _within(seconds: float, work: Callable[[], object]) -> None:
    """The processor's own limits are half a minute, or none."""
    working = Thread(target=work, name="send-traces", daemon=True)
    working.start()
    working.join(seconds)


def shown(place: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(place)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def _resource() -> Resource:
    found = Resource.create()
    ours: dict[str, str] = {}
    if "service.version" not in found.attributes:
        ours["service.version"] = VERSION
    if str(found.attributes.get("service.name", UNNAMED)).startswith(UNNAMED):
        ours["service.name"] = SERVICE
    return found.merge(Resource(ours))
