"""Which turn this thread of the process is working on, for log lines and spans of whatever is called meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TurnAtWork:
    """A turn of a thread, by their ids."""

    thread_id: str
    turn_id: str


_at_work: ContextVar[TurnAtWork | None] = ContextVar("turn_at_work", default=None)


def turn_at_work() -> TurnAtWork | None:
    """The turn that is being worked on; None outside of turns."""
    return _at_work.get()


@contextmanager
def working_on(thread_id: str, turn_id: str) -> Iterator[None]:
    """Everything that is called inside the block belongs to this turn, also in threads that inherit the context."""
    token = _at_work.set(TurnAtWork(thread_id=thread_id, turn_id=turn_id))
    try:
        yield
    finally:
        _at_work.reset(token)
