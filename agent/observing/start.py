"""Switching on what operators asked for: once for a process, whoever comes first."""

import atexit
import logging
from threading import Lock

from agent.observing.logs import configure_logs
from agent.observing.tracing import start_tracing, stop_tracing
from agent.settings import Settings, share_with_libraries

LIBRARIES = ("uvicorn", "streamlit", "websockets", "fastapi")
"""Their loggers have handlers of their own."""

_lock = Lock()
_started: set[str] = set()


def start_observing(settings: Settings) -> None:
    """Make spans and keep runs where the settings say so, until the process ends; again it changes nothing.

    Raises ConfigurationError if a library is missing that the settings ask for.
    """
    with _lock:
        share_with_libraries()
        start_tracing(settings.traces_to, with_content=settings.trace_content)
        if settings.traces_to and _first("exit"):
            atexit.register(stop_tracing)
        if settings.tells_langsmith and _first("langsmith"):
            from agent.observing.langsmith_runs import hide_content  # noqa: PLC0415  slow, and few need it

            hide_content(with_content=settings.trace_content)
        if settings.mlflow_tracking_uri and "mlflow" not in _started:
            from agent.observing.mlflow_runs import keep_traces  # noqa: PLC0415  as above

            keep_traces(with_content=settings.trace_content)
            _first("mlflow")


def start_logging(settings: Settings, *, is_server: bool) -> None:
    """Write log lines in the form of the settings; a server from info on, a command from warning on."""
    configure_logs(
        settings.log,
        settings.log_level or (logging.INFO if is_server else logging.WARNING),
        with_content=settings.trace_content,
        with_time=is_server,
        others=LIBRARIES if is_server else (),
    )


def _first(what: str) -> bool:
    known = what in _started
    _started.add(what)
    return not known
