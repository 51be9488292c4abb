"""Whether a checkpoint that was read is one that the desk has written, before anything works with it."""

from collections.abc import Mapping
from typing import Any

from langgraph.checkpoint.base import CheckpointTuple
from langgraph.types import Interrupt
from pydantic import TypeAdapter

from agent.state import State

INTERRUPT = "__interrupt__"

_state: TypeAdapter[State] = TypeAdapter(State)
_fields = frozenset(State.__annotations__)


def refuse_unsound(found: CheckpointTuple, thread_id: str) -> None:
    """Raise ValueError or another error of reading unless this is a checkpoint of this thread."""
    checkpoint = found.checkpoint
    values = checkpoint["channel_values"]
    _must(checkpoint["id"] == found.config["configurable"]["checkpoint_id"], "it stands under another checkpoint's id")
    _must(isinstance(checkpoint["v"], int) and isinstance(checkpoint["ts"], str), "version or time are of another kind")
    _must(_is_versions(checkpoint["channel_versions"]), "versions are of another kind")
    seen: Any = checkpoint["versions_seen"]
    _must(isinstance(seen, dict) and all(map(_is_versions, seen.values())), "versions are of another kind")
    _must(isinstance(found.metadata, dict), "metadata is of another kind")
    _must(values.get("thread_id", thread_id) == thread_id, "it belongs to another thread")
    _state.validate_python({name: value for name, value in values.items() if name in _fields}, strict=True)
    for task_id, channel, value in found.pending_writes or ():
        _must(isinstance(task_id, str) and isinstance(channel, str), "a step's result is of another kind")
        _must(channel != INTERRUPT or _is_pause(value), "a pause is of another kind")
        if channel == "thread_id":
            _must(value == thread_id, "it belongs to another thread")


def _must(holds: bool, else_: str) -> None:  # noqa: FBT001  the one thing that it is about
    if not holds:
        raise ValueError(else_)


def _is_versions(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(channel, str) and isinstance(version, str | int | float) for channel, version in value.items()
    )


def _is_pause(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(one, Interrupt) and isinstance(one.id, str) and isinstance(one.value, dict) for one in value
    )
