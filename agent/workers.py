"""Workers: threads of this process that run turns, so that no page's script ever does."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from agent.backoffice import Backoffice
from agent.errors import StorageError
from agent.protocols.recover import BATCH, expire_reviews, reconcile, waiting_threads
from agent.protocols.run import run_thread

POLL_S = 0.5
"""How often to look for work that another process left; work of this process is announced and starts at once."""

RECOVER_S = 30.0
"""How often to look for what dead processes left behind, and how long a failed thread is left alone."""

AWAY_S = 4.0
"""The longest that a thread is left alone because a database could not be used: that is not the thread's fault."""

LOOKING = "Looking for work"
"""What the log calls it."""


class Workers:
    """Run what waits, at most `count` threads of conversation at a time."""

    def __init__(
        self,
        office: Backoffice,
        count: int = 4,
        chores: Sequence[Callable[[], None]] = (),
        *,
        recover_s: float = RECOVER_S,
    ) -> None:
        """Nothing runs before `start`. Chores are called every `recover_s` and know themselves when it is time."""
        self._office = office
        self._recover_s = recover_s
        self._chores = chores
        self._count = count
        self._wake = threading.Condition()
        self._announced: list[str] = []
        self._busy: set[str] = set()
        self._not_before: dict[str, float] = {}
        self._failed: Counter[str] = Counter()
        self._stopping = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; they end with the process or with `close`."""
        if self._threads:
            return
        for number in range(self._count):
            self._threads.append(threading.Thread(target=self._work, name=f"turns-{number}", daemon=True))
        self._threads.append(threading.Thread(target=self._look_for_work, name="recovery", daemon=True))
        if self._chores:
            # not by the recovery thread: a chore may take minutes, and recovery must not
            self._threads.append(threading.Thread(target=self._do_chores, name="chores", daemon=True))
        for thread in self._threads:
            thread.start()

    def announce(self, thread_id: str) -> None:
        """There is something to do for this thread of conversation."""
        with self._wake:
            self._announced.append(thread_id)
            self._wake.notify_all()

    def close(self) -> None:
        """Let running turns end, then stop."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self) -> None:
        while True:
            with self._wake:
                thread_id = self._next()
                while thread_id is None and not self._stopping:
                    self._wake.wait()
                    thread_id = self._next()
                if self._stopping or thread_id is None:
                    return
                self._busy.add(thread_id)
            self._run(thread_id)
            with self._wake:
                self._busy.discard(thread_id)
                self._wake.notify_all()

    def _next(self) -> str | None:
        for position, thread_id in enumerate(self._announced):
            if thread_id not in self._busy:
                return self._announced.pop(position)
        return None

    def _run(self, thread_id: str) -> None:
        try:
            run_thread(self._office, thread_id)
        except Exception as error:  # noqa: BLE001  told, and tried again
            self._put_off(thread_id, error)
        else:
            self._through(thread_id)

    def _put_off(self, thread_id: str, error: Exception) -> None:
        """Leave a thread alone that could not be run; for a moment only where the database was the reason."""
        failed_before = self._failed[thread_id]
        self._failed[thread_id] += 1
        wait_s = min(AWAY_S, POLL_S * 2**failed_before) if isinstance(error, StorageError) else self._recover_s
        self._not_before[thread_id] = time.monotonic() + wait_s
        self._office.outage.failed(_running(thread_id), error)

    def _through(self, thread_id: str) -> None:
        self._not_before.pop(thread_id, None)
        self._failed.pop(thread_id, None)
        self._office.outage.well(_running(thread_id))

    def _look_for_work(self) -> None:
        recover_at = 0.0
        while not self._stopping:
            if time.monotonic() >= recover_at and self._recover():
                recover_at = time.monotonic() + self._recover_s
            self._does(LOOKING, self._announce_what_waits)
            with self._wake:
                self._wake.wait_for(lambda: self._stopping, timeout=POLL_S)

    def _recover(self) -> bool:
        """Whether all of it could be done; what could not keeps nothing else from being done."""
        expired = self._does("Closing what expired", lambda: expire_reviews(self._office))
        compared = self._does("Comparing queue and checkpoints", self._compare)
        return expired and compared

    def _compare(self) -> None:
        self._office.outage.stands(reconcile(self._office))

    def _does(self, activity: str, work: Callable[[], object]) -> bool:
        """Whether it could be done; if not it is told, and the caller tries again."""
        try:
            work()
        except Exception as error:  # noqa: BLE001  told, and tried again
            self._office.outage.failed(activity, error)
            return False
        self._office.outage.well(activity)
        return True

    def _announce_what_waits(self) -> None:
        # what is put off stays among what waits, and must not stand in the way of others
        waiting = waiting_threads(self._office, limit=BATCH + len(self._not_before))
        for thread_id in waiting:
            self._announce_once(thread_id)
        with self._wake:
            settled = [each for each in self._failed if each not in {*waiting, *self._announced, *self._busy}]
        for thread_id in settled:  # by another process
            self._through(thread_id)

    def _announce_once(self, thread_id: str) -> None:
        with self._wake:
            known = thread_id in self._announced or thread_id in self._busy
        if not known and time.monotonic() >= self._not_before.get(thread_id, 0.0):
            self.announce(thread_id)

    def _do_chores(self) -> None:
        while not self._stopping:
            for chore in self._chores:
                self._does("Chores", chore)
            with self._wake:
                self._wake.wait_for(lambda: self._stopping, timeout=self._recover_s)


def _running(thread_id: str) -> str:
    return f"Thread {thread_id}"
