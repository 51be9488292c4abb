"""Spans: they cost nothing while none are made, and hold nothing that people wrote unless it was asked for."""

import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from agent.errors import DeskError
from agent.observing.tracing import tracing
from agent.reading.masking import mask_personal

NS_IN_MS = 1_000_000

Attributes = Mapping[str, AttributeValue | None]
"""What is None is left out."""

_carrier = TraceContextTextMapPropagator()


@contextmanager
def span(
    name: str,
    attributes: Attributes | None = None,
    *,
    parent: str | None = None,
    kind: SpanKind = SpanKind.INTERNAL,
    passes: tuple[type[BaseException], ...] = (),
) -> Iterator[Span]:
    """A span around the block, below `parent` (a W3C traceparent) or else below the one that is current.

    What the block raises marks it as failed, except what is of the kinds `passes`.
    """
    made = tracing()
    if made is None:
        yield trace.INVALID_SPAN
        return
    context = None if parent is None else _carrier.extract({"traceparent": parent})
    with made.tracer.start_as_current_span(
        name, context, kind, _there(attributes), record_exception=False, set_status_on_exception=False
    ) as one:
        try:
            yield one
        except passes:
            raise
        except Exception as error:
            note_error(error)
            raise


def past_span(name: str, attributes: Attributes, *, ms: float) -> None:
    """A span below the current one that ends now and began so many milliseconds ago."""
    made = tracing()
    if made is not None:
        begun = time.time_ns() - round(ms * NS_IN_MS)
        made.tracer.start_span(name, attributes=_there(attributes), start_time=begun).end()


def note(attributes: Attributes) -> None:
    """Add this to the current span."""
    current = trace.get_current_span()
    if current.is_recording():
        current.set_attributes(_there(attributes))


def note_error(error: BaseException) -> None:
    """Mark the current span as failed: what kind of error it was and where it came from.

    What it says is kept out, since it may quote a message, unless the error is one of the desk's own.
    """
    current = trace.get_current_span()
    if not current.is_recording():
        return
    kind = type(error).__name__
    said = mask_personal(str(error)) if isinstance(error, DeskError) else ""
    current.set_status(StatusCode.ERROR, f"{kind}: {said}" if said else kind)
    current.set_attribute("error.type", kind)
    places = "".join(traceback.format_tb(error.__traceback__))
    current.add_event("exception", {"exception.type": kind, "exception.stacktrace": places})


def link_to(traceparent: str | None) -> None:
    """Let the current span point to another trace."""
    if traceparent is not None and trace.get_current_span().is_recording():
        there = trace.get_current_span(_carrier.extract({"traceparent": traceparent})).get_span_context()
        trace.get_current_span().add_link(there)


def current_traceparent() -> str | None:
    """The current span as W3C writes it, for whoever goes on with the trace; None where there is no span."""
    carrier: dict[str, str] = {}
    if tracing() is not None:
        _carrier.inject(carrier)
    return carrier.get("traceparent")


def content(text: str) -> str | None:
    """What somebody wrote, masked, if it may stand in spans; else None."""
    made = tracing()
    return mask_personal(text) if made is not None and made.with_content else None


def _there(attributes: Attributes | None) -> dict[str, AttributeValue]:
    return {name: value for name, value in (attributes or {}).items() if value is not None}
