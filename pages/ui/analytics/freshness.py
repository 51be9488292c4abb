"""When the figures were read: at most every few seconds, once for all sessions of the process."""

import time
from threading import Lock

import streamlit as st

from agent import Desk

PAUSE_S = 5.0
"""The figures are not read anew more often, however many people look."""


class Freshness:
    """Keeps track of one desk's figures; safe to use from several sessions."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._lock = Lock()
        self._desk: Desk | None = None
        self.read_at = 0.0

    def refresh(self, desk: Desk) -> float:
        """Read what happened since, unless that was done a moment ago; when it was, in seconds since 1970."""
        with self._lock:
            if self._desk is not desk or time.time() - self.read_at >= PAUSE_S:
                desk.analytics.refresh()
                self._desk, self.read_at = desk, time.time()
            return self.read_at


@st.cache_resource(show_spinner=False)
def freshness() -> Freshness:
    """The one of this process."""
    return Freshness()
