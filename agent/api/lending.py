"""What handlers are handed: the desk, whoever calls, and what the application shares between requests."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends
from starlette.requests import HTTPConnection

from agent.api.callers import Caller, caller_of
from agent.api.gate import Gate
from agent.api.hub import Hub
from agent.api.limiting import RequestLimit, StreamSeats
from agent.api.problems import Problem
from agent.api.waits import Waits
from agent.desk import Desk
from agent.settings import Settings


class Door(Protocol):
    """How far the desk is: `desk` once it is open, `problem` if it cannot be opened, neither while it opens."""

    @property
    def desk(self) -> Desk | None:
        """The open desk."""
        ...

    @property
    def problem(self) -> str | None:
        """Why it cannot be opened."""
        ...


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What the requests of one application share."""

    settings: Settings
    waits: Waits
    door: Callable[[], Door]
    gate: Gate
    hub: Hub
    seats: StreamSeats
    requests: RequestLimit

    def desk(self) -> Desk:
        """The open desk; raises a 503 until it is open."""
        door = self.door()
        if door.desk is not None:
            return door.desk
        if door.problem is not None:
            detail = f"The desk is closed; nothing was stored. {door.problem}"
            raise Problem(503, "desk-closed", detail, {"Retry-After": "30"})
        detail = "The desk is being opened; nothing was stored. Send this again in a few seconds."
        raise Problem(503, "desk-opening", detail, {"Retry-After": "3"})


@dataclass(frozen=True)
class Visit:
    """What is shared, together with the request that asks for it."""

    shared: Shared
    still_welcome: Callable[[], Awaitable[bool]]

    @property
    def hub(self) -> Hub:
        """The reader of events."""
        return self.shared.hub

    @property
    def seats(self) -> StreamSeats:
        """The count of open streams."""
        return self.shared.seats

    @property
    def waits(self) -> Waits:
        """How long a stream waits for what."""
        return self.shared.waits

    @property
    def settings(self) -> Settings:
        """The settings of this process."""
        return self.shared.settings


def shared_of(connection: HTTPConnection) -> Shared:
    """What the application shares."""
    shared: Shared = connection.app.state.shared
    return shared


def visit_of(connection: HTTPConnection) -> Visit:
    """What is shared, for this request."""
    shared = shared_of(connection)

    async def still_welcome() -> bool:
        try:
            await shared.hub.run(shared.gate.admit, shared.desk(), connection)
        except Problem:
            return False
        return True

    return Visit(shared, still_welcome)


def desk_of(connection: HTTPConnection) -> Desk:
    """The open desk."""
    return shared_of(connection).desk()


DeskOf = Annotated[Desk, Depends(desk_of)]
CallerOf = Annotated[Caller, Depends(caller_of)]
VisitOf = Annotated[Visit, Depends(visit_of)]
