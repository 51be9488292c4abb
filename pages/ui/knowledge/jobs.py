"""Work that takes longer than a page may wait: it runs in a thread of its own, and every page that looks finds it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from agent import DeskError
from pages.ui.fragments import fragment
from pages.ui.plain_text import plain

logger = logging.getLogger(__name__)

Tell = Callable[[float, str], None]
"""Called with the share done, 0..1, and what is being done."""

LAST_S = 20.0
"""So long the end of the process waits for what is under way."""


class Job:
    """One piece of work: how far it is, then its result or the problem."""

    def __init__(self, by: str, token: str = "") -> None:
        """Nothing was done yet."""
        self.by = by
        self.token = token
        self.share = 0.0
        self.doing = "Starting"
        self.result: Any = None
        self.problem: str | None = None
        self._ended = threading.Event()
        self._ended_at = 0.0

    @property
    def age_s(self) -> float:
        """Seconds since it ended; 0 while it runs."""
        return 0.0 if self.runs else time.monotonic() - self._ended_at

    @property
    def runs(self) -> bool:
        """Whether it is under way."""
        return not self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it ended within this time."""
        return self._ended.wait(seconds)

    def run(self, deed: Callable[[Tell], Any]) -> None:
        """Do it; whatever goes wrong is kept as a sentence."""
        try:
            self.result = deed(self._tell)
        except DeskError as error:
            self.problem = str(error)
        except Exception:  # whatever it is, people get a sentence and operators the log
            logger.exception("work of the knowledge page failed")
            self.problem = "It could not be done. The log says why."
        finally:
            self._ended_at = time.monotonic()
            self._ended.set()

    def _tell(self, share: float, doing: str) -> None:
        self.share, self.doing = min(max(share, 0.0), 1.0), doing


class Jobs:
    """The work of this process, by name; the last of each name stays readable."""

    def __init__(self) -> None:
        """Nothing was begun yet."""
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, name: str, by: str, deed: Callable[[Tell], Any], token: str = "") -> Job | None:
        """Begin; None, and nothing is begun, while work of this name is under way.

        The same token again is the second half of a double click: it gets the work that the first half began.
        """
        with self._lock:
            before = self._jobs.get(name)
            if before is not None and token and before.token == token:
                return before
            if before is not None and before.runs:
                return None
            job = self._jobs[name] = Job(by, token)
        threading.Thread(target=job.run, args=(deed,), name=f"knowledge-{name}", daemon=True).start()
        return job

    def latest(self, name: str) -> Job | None:
        """The work of this name that runs or ran last."""
        return self._jobs.get(name)

    def forget(self, name: str) -> None:
        """Show its result or problem no more; what runs is left alone."""
        with self._lock:
            job = self._jobs.get(name)
            if job is not None and not job.runs:
                del self._jobs[name]

    def close(self) -> None:
        """Let what is under way end."""
        for job in list(self._jobs.values()):
            job.wait(LAST_S)


@st.cache_resource(show_spinner=False, on_release=Jobs.close)
def jobs() -> Jobs:
    """The work of this process."""
    return Jobs()


@fragment(run_every=0.5)
def draw_waiting(name: str, head: str) -> None:
    """How far it is, without holding the page up; draws the page anew when it has ended."""
    job = jobs().latest(name)
    if job is None or not job.runs:
        st.rerun()
    with st.container(border=True, key=f"waiting_{name.partition(':')[0]}"):
        st.progress(job.share, text=f"**{head}** {plain(job.doing)}")
        st.caption("You can go on working, or leave: it goes on, and this page finds it again.")
