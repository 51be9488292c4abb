"""Which processes are alive, so that what a dead one left is taken over at once."""

from collections.abc import Iterable
from typing import Protocol


class Presence(Protocol):
    """This process among those that share a desk."""

    def owner(self) -> str:
        """Who owns a lease that is taken here and now: a thread of this process, since each of them can stall."""
        ...

    def dead(self, owners: Iterable[str]) -> list[str]:
        """Those of `owners` whose process has ended."""
        ...

    def close(self) -> None:
        """Leave."""
        ...


def process_of(owner: str) -> str:
    """The process in an owner's name."""
    return owner.partition(".")[0]
