"""Log lines on stderr: plain for people, JSON for machines; masked, with the ids of the turn, and said once."""

import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Literal

from opentelemetry import trace
from pythonjsonlogger.json import JsonFormatter

from agent.errors import DeskError
from agent.observing.turn_context import turn_at_work
from agent.reading.masking import mask_personal

PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"
SHORT = "%(levelname)s %(name)s: %(message)s"
OURS = {"thread_id", "turn_id", "review_id", "trace_id", "span_id"}
"""Ids that the desk made itself, which look like anything."""

TALKATIVE = ("httpx", "httpcore", "openai", "urllib3", "langsmith", "mlflow", "watchdog", "alembic")
"""They tell of every request, at debug with what is in it."""

AGAIN_S = 600.0
"""How long a warning that repeats itself word for word is not written again."""
REMEMBERED = 1000


def configure_logs(
    form: Literal["text", "json"],
    level: int | str,
    *,
    with_content: bool = False,
    with_time: bool = True,
    others: Iterable[str] = (),
) -> None:
    """Write every line of this process in one form; a second call replaces the first.

    `others` begin the names of loggers that libraries gave handlers of their own; those write in the same form from now
    on. With `with_content` errors may quote what people wrote, masked.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name("desk")
    handler.setFormatter(_formatter(form, with_content=with_content, with_time=with_time))
    handler.addFilter(WithIds())
    handler.addFilter(OnceInAWhile())
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if one.get_name() != "desk"] + [handler]
    root.setLevel(level if isinstance(level, int) else level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    take_over(handler, others)


def take_over(handler: logging.Handler, others: Iterable[str]) -> None:
    """Let loggers whose names begin so write through this handler instead of their own."""
    beginnings = tuple(others)
    for name in [*logging.root.manager.loggerDict]:
        if beginnings and name.startswith(beginnings):
            logger = logging.getLogger(name)
            own = [one for one in logger.handlers if type(one) is logging.StreamHandler]
            if own:
                logger.handlers = [one for one in logger.handlers if one not in own] + [handler]
                logger.propagate = False


class WithIds(logging.Filter):
    """Adds the ids of the turn and of the span that are current."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line stays."""
        turn = turn_at_work()
        found = trace.get_current_span().get_span_context()
        ids = {
            "thread_id": turn.thread_id if turn else None,
            "turn_id": turn.turn_id if turn else None,
            "trace_id": trace.format_trace_id(found.trace_id) if found.is_valid else None,
            "span_id": trace.format_span_id(found.span_id) if found.is_valid else None,
        }
        for name, value in ids.items():
            if value is not None and getattr(record, name, None) is None:
                setattr(record, name, value)
        return True


class OnceInAWhile(logging.Filter):
    """Drops warnings and errors that repeat themselves; the next one that is written says how many there were."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is a clock that never goes back."""
        super().__init__()
        self._seconds = seconds
        self._lock = Lock()
        self._seen: dict[tuple[str, str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.levelno < logging.WARNING:
            return True
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        key = (record.name, record.getMessage(), kind)
        now = self._seconds()
        with self._lock:
            until, dropped = self._seen.pop(key, (0.0, 0))
            if now < until:
                self._seen[key] = (until, dropped + 1)
                return False
            self._seen[key] = (now + AGAIN_S, 0)
            while len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
        if dropped:
            record.msg, record.args = f"{record.getMessage()} ({dropped} times more since)", ()
        return True


def explain(error: BaseException, *, with_content: bool) -> str:
    """Where an error and its causes came from and what kind they are.

    What they say is added only for the desk's own errors and the system's, unless content may be shown: others may
    quote a message.
    """
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(_explained(each, with_content=with_content) for each in reversed(chain))


def _explained(error: BaseException, *, with_content: bool) -> str:
    says = f": {error}" if with_content or isinstance(error, DeskError | OSError) else ""
    return "".join([*traceback.format_tb(error.__traceback__), type(error).__name__, says])


def _formatter(form: Literal["text", "json"], *, with_content: bool, with_time: bool) -> logging.Formatter:
    if form == "json":
        return JsonLines(with_content=with_content)
    return PlainLines(PLAIN if with_time else SHORT, with_content=with_content)


class PlainLines(logging.Formatter):
    """A line for people."""

    def __init__(self, layout: str, *, with_content: bool) -> None:
        """`layout` names the fields as logging does."""
        super().__init__(layout)
        self._with_content = with_content

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        record.exc_text = None  # another handler may have kept an unmasked one
        return mask_personal(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """The error in the form of `explain`."""
        return explain(ei[1], with_content=self._with_content)


class JsonLines(JsonFormatter):
    """One JSON object a line; fields given with `extra` stand beside the others."""

    def __init__(self, *, with_content: bool) -> None:
        """Names are those that log collectors know."""
        super().__init__(
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
            timestamp="time",
            json_ensure_ascii=False,
        )
        self._with_content = with_content

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Any) -> Any:  # noqa: N802  logging's own name
        """The error in the form of `explain`."""
        return explain(ei[1], with_content=self._with_content)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The fields, masked; ids are ours and stay as they are."""
        return {name: value if name in OURS else _masked(value) for name, value in log_data.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_personal(value)
    if isinstance(value, list | tuple):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return {name: _masked(one) for name, one in value.items()}
    return value if isinstance(value, int | float | bool | type(None)) else mask_personal(str(value))
