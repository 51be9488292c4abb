"""A process that brings tickets to another desk until it is killed."""

import threading
from multiprocessing.synchronize import Event
from pathlib import Path

from tests.desks.connected import SOON, Connection, connected_desk


def deliver(home: Path, connection: Connection, started: Event) -> None:
    """Deliver until killed; `started` is set once it does."""
    desk = connected_desk(home, connection)
    desk.dispatch.start()
    started.set()
    threading.Event().wait()


def soon(url: str, kind: str) -> Connection:
    """A connection whose waits are a hundredth of the usual ones."""
    return Connection(url=url, kind="Zendesk" if kind == "Zendesk" else "ServiceNow", terms=SOON)
