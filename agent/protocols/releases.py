"""Releases side by side: a thread that stands at a step of another release is left to that release."""

from agent.backoffice import Backoffice, configuration
from agent.errors import OtherReleaseError

WAITS = "branch:to:"
"""What the channel is called by which LangGraph remembers that a step is to run; a step that it has no node for is
passed over in silence, and the thread looks as if it had come to its end."""


def refuse_steps_of_others(office: Backoffice, thread_id: str) -> None:
    """Raises OtherReleaseError if the thread waits at a step that this release does not have."""
    saved = office.checkpoints.get_tuple(configuration(thread_id))
    channels = saved.checkpoint["channel_values"] if saved else {}
    waiting = {name.removeprefix(WAITS) for name in channels if name.startswith(WAITS)}
    unknown = sorted(waiting - set(office.graph.nodes))
    if unknown:
        message = (
            f"Thread {thread_id} waits at {', '.join(unknown)}, a step that this release does not have; nothing was "
            "changed. A process of the release that paused it carries it on: keep one running."
        )
        raise OtherReleaseError(message)
