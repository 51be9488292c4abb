"""Whether this process makes spans: only where a collector is named, else at no cost."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.observing.exporting import Tracing

_active: "list[Tracing]" = []


def start_tracing(place: str | None, *, with_content: bool = False) -> "Tracing | None":
    """Make spans from now on and send them to `place`, a full address, until they are stopped; None makes none.

    A second call changes nothing.
    """
    if place is not None and not _active:
        from agent.observing.exporting import Tracing  # noqa: PLC0415  a third of a second that few starts need

        _active.append(Tracing(place, with_content=with_content))
    return tracing()


def stop_tracing() -> None:
    """Send what is left and make no more spans."""
    while _active:
        _active.pop().close()


def flush_traces() -> None:
    """Send what is there now, within a few seconds."""
    made = tracing()
    if made is not None:
        made.flush()


def tracing() -> "Tracing | None":
    """What spans are made with; None while none are made."""
    return _active[0] if _active else None
