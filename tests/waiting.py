"""Wait until something holds, rather than for a time in which it ought to."""

import time
from collections.abc import Callable

PATIENCE_S = 20.0
"""Longest wait for what takes a moment on a machine that has nothing else to do."""


def eventually(holds: Callable[[], object], within_s: float = PATIENCE_S) -> bool:
    """Whether it holds by then; it is looked at fifty times a second."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.02)
    return True
