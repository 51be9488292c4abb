"""MLflow: its autologging keeps a trace of every run, without what people wrote, or with it masked."""

import json
from typing import Any

from agent.errors import ConfigurationError
from agent.reading.masking import mask_personal

PACKAGE = "mlflow-tracing>=3.17,<4"

CONTENT = ("mlflow.spanInputs", "mlflow.spanOutputs", "mlflow.chat.messages", "mlflow.chat.tools")
"""Attributes of its spans that hold what was asked and said."""


def keep_traces(*, with_content: bool) -> None:
    """Keep a trace of every run at MLFLOW_TRACKING_URI from now on.

    Raises ConfigurationError if the package is not installed; nothing is kept then.
    """
    try:
        import mlflow  # noqa: PLC0415  heavy, and only there where somebody installed it
        import mlflow.langchain  # noqa: PLC0415
    except ImportError as error:
        message = (
            f"MLFLOW_TRACKING_URI is set, but MLflow cannot be imported ({error}). Nothing was started; "
            f'install it with: pip install "{PACKAGE}" (or -r requirements-mlflow.txt), or unset the variable.'
        )
        raise ConfigurationError(message) from error
    mlflow.tracing.configure(span_processors=[mask_span if with_content else empty_span])
    mlflow.langchain.autolog(silent=True)


def empty_span(span: Any) -> None:
    """Take what was asked and said out of a span, and of its errors all but their kind."""
    _empty(span)
    _keep_kinds_of_errors(span)


def mask_span(span: Any) -> None:
    """Mask every text of a span; of its errors their kind is kept."""
    try:
        inputs, outputs = _masked(span.inputs), _masked(span.outputs)
        attributes = {name: _masked(value) for name, value in span.attributes.items() if name not in CONTENT}
    except (TypeError, ValueError):  # MLflow would send it as it is
        empty_span(span)
        return
    _empty(span)
    span.set_inputs(inputs)
    span.set_outputs(outputs)
    span.set_attributes(attributes)
    _keep_kinds_of_errors(span)


def _empty(span: Any) -> None:
    span.set_inputs(None)
    span.set_outputs(None)
    for name in span.attributes:
        if name in CONTENT:
            span.set_attribute(name, None)


def _keep_kinds_of_errors(span: Any) -> None:
    """Errors quote messages, and so do events of pieces of a reply."""
    kinds = [event.attributes["exception.type"] for event in span.events if "exception.type" in event.attributes]
    if span.events:
        span._span._events = []  # noqa: SLF001  MLflow has no way to take an event back
    if kinds:
        span.set_attribute("error.type", kinds[-1])
        span.set_status("ERROR")  # without the words


def _masked(value: Any) -> Any:
    return json.loads(mask_personal(json.dumps(value, default=str)))
