"""Spans of HTTP requests, which FastAPI makes itself: a request's traceparent goes on in the turn that it brings."""

from collections.abc import MutableMapping
from typing import Any

from fastapi.telemetry import TelemetryConfig

from agent.observing.tracing import tracing

LEFT_OUT = ("/healthz", "/readyz", "/metrics")


def request_spans() -> TelemetryConfig:
    """How an application makes spans: none, unless this process makes them already when the application is made."""
    made = tracing()
    if made is None:
        return {"tracing": False, "metrics": False, "logs": False}
    return {
        "tracer_provider": made.provider,
        "metrics": False,
        "logs": False,  # they would quote what errors say
        "operation_spans": False,
        "exclude": _is_left_out,
    }


def _is_left_out(scope: MutableMapping[str, Any]) -> bool:
    """Probes say nothing, and streams last for hours."""
    path = str(scope["path"])
    return scope["type"] == "websocket" or path.endswith((*LEFT_OUT, "/events"))
