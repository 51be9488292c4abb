"""Checkpoints from one place into another, whatever kinds of places they are."""

from collections import defaultdict
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import CheckpointTuple

from agent.errors import StorageError
from agent.store.checkpoints import Checkpoints


def copy_thread(source: Checkpoints, target: Checkpoints, thread_id: str) -> int:
    """All checkpoints of a thread, oldest first; gives their number.

    Raises StorageError if the thread does not read the same afterwards, DamagedCheckpointError if it cannot be read.
    """
    config: RunnableConfig = {"configurable": {"thread_id": thread_id}}
    kept = list(source.list(config))
    for one in reversed(kept):
        _put(target, one)
    for one in kept:
        if _content(target.get_tuple(one.config)) != _content(one):
            message = f"Thread {thread_id} does not read the same in its new place. The move is not finished."
            raise StorageError(message)
    return len(kept)


def _put(target: Checkpoints, one: CheckpointTuple) -> None:
    place = one.config["configurable"]
    parent = one.parent_config["configurable"]["checkpoint_id"] if one.parent_config else None
    below: RunnableConfig = {
        "configurable": {
            "thread_id": place["thread_id"],
            "checkpoint_ns": place["checkpoint_ns"],
            **({"checkpoint_id": parent} if parent else {}),
        }
    }
    saved = target.put(below, one.checkpoint, one.metadata, one.checkpoint["channel_versions"])
    by_task: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    for task_id, channel, value in one.pending_writes or ():
        by_task[task_id].append((channel, value))
    for task_id, writes in by_task.items():
        target.put_writes(saved, writes, task_id)


def _content(one: CheckpointTuple | None) -> object:
    if one is None:
        return None
    writes = sorted((task_id, channel, repr(value)) for task_id, channel, value in one.pending_writes or ())
    return one.checkpoint["channel_values"], one.checkpoint["id"], one.checkpoint["versions_seen"], writes
