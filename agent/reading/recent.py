"""Vectors of recent texts, each computed once however many threads ask for it."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from agent.ports.embeddings import Vectors


class RecentVectors:
    """Remembers the vectors of the last `capacity` texts and shares computations that are under way.

    Classifying, gauging and retrieving run side by side on the same message: the first to come computes, the others
    wait for its result.
    """

    def __init__(self, compute: Callable[[str], Vectors], capacity: int) -> None:
        """`compute` turns one text into its vector; it is called outside the lock, from any thread."""
        self._compute = compute
        self._capacity = capacity
        self._lock = Lock()
        self._futures: OrderedDict[str, Future[Vectors]] = OrderedDict()

    def get(self, text: str) -> Vectors:
        """The vector of `text`; an error of the computation reaches everyone who waited, and is not remembered."""
        future, mine = self._claim(text)
        if mine:
            self._fulfil(text, future)
        return future.result()

    def _claim(self, text: str) -> tuple[Future[Vectors], bool]:
        with self._lock:
            future = self._futures.get(text)
            if future is not None:
                self._futures.move_to_end(text)
                return future, False
            future = Future()
            self._futures[text] = future
            if len(self._futures) > self._capacity:
                self._futures.popitem(last=False)
            return future, True

    def _fulfil(self, text: str, future: Future[Vectors]) -> None:
        try:
            future.set_result(self._compute(text))
        except BaseException as error:
            with self._lock:
                self._futures.pop(text, None)
            future.set_exception(error)
            raise
