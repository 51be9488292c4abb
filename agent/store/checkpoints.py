"""The checkpoints of the graph: guarded against stalled runs, pruned after every turn, wherever they are kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple

from agent.errors import DamagedCheckpointError, DeskError
from agent.model import Check
from agent.store.sound_checkpoints import refuse_unsound

MOVED_ON = "The thread was moved on by another process meanwhile; this run's result was dropped."


class Checkpoints(BaseCheckpointSaver[str], ABC):
    """A saver for the desk; it stands before LangGraph's own among the bases of a class.

    Its methods raise StorageError with the remedy, and LeaseLostError if another run moved the thread on: a process
    that was stopped past its lease would otherwise put its old checkpoint on top of the newer ones when it wakes up,
    and a pending interrupt would be gone without a word.
    """

    place: str
    """Where they are kept, as an operator would name it; never with a password."""

    def get_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The thread's latest checkpoint, or the one that `config` names; None if there is none.

        Raises DamagedCheckpointError if it is not one that the desk has written; nothing was built of it then.
        """
        thread_id = str(config["configurable"]["thread_id"])
        try:
            found = super().get_tuple(config)
            if found is not None:
                refuse_unsound(found, thread_id)
        except DeskError:
            raise
        except Exception as error:  # whatever the strangest row makes its reader raise
            raise DamagedCheckpointError(thread_id, error) from error
        return found

    @abstractmethod
    def keep_latest(self, thread_id: str) -> None:
        """Drop all checkpoints of a thread but its latest one."""

    @abstractmethod
    def paused_threads(self) -> list[str]:
        """Threads whose latest checkpoint holds an interrupt that was not answered, in no order."""

    @abstractmethod
    def thread_ids(self) -> Iterator[str]:
        """Every thread that has a checkpoint, in no order."""

    @abstractmethod
    def check(self) -> Check:
        """Whether the place is sound; never raises."""

    @abstractmethod
    def close(self) -> None:
        """Give the place back."""

    # last, since its name hides the type's from what follows it
    def list(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002  LangGraph's own
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> Iterator[CheckpointTuple]:
        """A thread's checkpoints, newest first; raises DamagedCheckpointError as `get_tuple` does."""
        thread_id = str(config["configurable"]["thread_id"]) if config else ""
        try:
            for found in super().list(config, filter=filter, before=before, limit=limit):
                refuse_unsound(found, str(found.config["configurable"]["thread_id"]))
                yield found
        except DeskError:
            raise
        except Exception as error:  # as above
            raise DamagedCheckpointError(thread_id, error) from error
