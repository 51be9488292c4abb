"""The checkpoints of the graph: guarded against stalled runs, pruned after every turn, wherever they are kept."""

from abc import ABC, abstractmethod

from langgraph.checkpoint.base import BaseCheckpointSaver

MOVED_ON = "The thread was moved on by another process meanwhile; this run's result was dropped."


class Checkpoints(BaseCheckpointSaver[str], ABC):
    """A saver for the desk.

    Its methods raise StorageError with the remedy, and LeaseLostError if another run moved the thread on: a process
    that was stopped past its lease would otherwise put its old checkpoint on top of the newer ones when it wakes up,
    and a pending interrupt would be gone without a word.
    """

    @abstractmethod
    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""

    @abstractmethod
    def paused_threads(self) -> list[str]:
        """Threads whose latest checkpoint holds an interrupt that was not answered, in no order."""

    @abstractmethod
    def close(self) -> None:
        """Give the place back."""
