"""The figures of this process: read every half minute, and each comparison counted once for all sessions."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

from agent import Comparison, Desk, Frontier, Identity, Policy, PolicyOutcome, TurnSpan

PAUSE_S = 30.0
"""Past turns say the same for a while; comparing anew after each would make every control slow."""

MOST = 200
"""Comparisons kept at once."""

Found = TypeVar("Found")


class Reckoning:
    """Remembers what was counted since the figures were last read; safe to use from several sessions.

    What is remembered is handed out without asking the desk: whoever asks has been let in by it in the same run.
    """

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._lock = Lock()
        self._desk: Desk | None = None
        self._kept: dict[Any, Any] = {}
        self.read_at = 0.0

    def refresh(self, desk: Desk, *, at_once: bool = False) -> float:
        """Read what happened since, unless that was done a moment ago; when it was, in seconds since 1970."""
        with self._lock:
            if at_once or self._desk is not desk or time.time() - self.read_at >= PAUSE_S:
                desk.calibration.refresh()
                self._desk, self._kept, self.read_at = desk, {}, time.time()
            return self.read_at

    def forget(self) -> None:
        """Read anew the next time; a callback."""
        with self._lock:
            self.read_at = 0.0

    def compare(self, desk: Desk, identity: Identity, base: Policy, other: Policy, span: TurnSpan) -> Comparison:
        """Two policies on the same past turns."""
        key = ("compare", base.model_dump_json(), other.model_dump_json(), span)
        return self._once(key, lambda: desk.calibration.compare(identity, other, base, span))

    def presets(self, desk: Desk, identity: Identity, base: Policy, span: TurnSpan) -> dict[str, PolicyOutcome]:
        """The policy in force and every preset on the same past turns."""
        key = ("presets", base.model_dump_json(), span)
        return self._once(key, lambda: desk.calibration.presets(identity, span))

    def frontier(self, desk: Desk, identity: Identity, field: str, policy: Policy, span: TurnSpan) -> Frontier:
        """The curve along one threshold."""
        key = ("frontier", field, policy.model_dump_json(), span)
        return self._once(key, lambda: desk.calibration.frontier(identity, field, policy, span))

    def _once(self, key: Any, count: Callable[[], Found]) -> Found:
        with self._lock:
            kept, found = self._kept, self._kept.get(key)
        if found is None:
            found = count()
            with self._lock:
                if len(kept) >= MOST:
                    kept.clear()
                kept[key] = found
        known: Found = found
        return known


@st.cache_resource(show_spinner=False)
def reckoning() -> Reckoning:
    """The one of this process."""
    return Reckoning()
