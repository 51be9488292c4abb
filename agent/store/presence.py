"""Which processes are alive, so that what a dead one left is taken over at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol


class Presence(Protocol):
    """This process among those that share a desk."""

    def owner(self) -> str:
        """Who owns a lease that is taken here and now: a thread of this process, since each of them can stall."""
        ...

    def is_here(self, owner: str) -> bool:
        """Whether this is a thread of this process."""
        ...

    def dead(self, owners: Iterable[str]) -> list[str]:
        """Those of `owners` whose process has ended."""
        ...

    def close(self) -> None:
        """Leave."""
        ...


class AtWork:
    """The threads of this process that hold a lease, by its owner.

    A lease whose owner is not among them was left over: the thread could not give it back, for its database was away.
    """

    def __init__(self) -> None:
        """Nobody holds any."""
        self._lock = Lock()
        self._owners: Counter[str] = Counter()

    @contextmanager
    def holding(self, owner: str) -> Iterator[None]:
        """From before the lease is taken until after it was given back."""
        with self._lock:
            self._owners[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._owners[owner] -= 1

    def __contains__(self, owner: object) -> bool:
        """Whether this owner holds a lease."""
        return isinstance(owner, str) and self._owners[owner] > 0


def process_of(owner: str) -> str:
    """The process in an owner's name."""
    return owner.partition(".")[0]
