"""Other processes on the same home: one that works along, one that has a lease and does nothing with it."""

from multiprocessing.synchronize import Event
from pathlib import Path

from agent.protocols.run import leased
from tests.faults.processes import PATIENCE_S
from tests.stand_ins import open_test_desk, open_test_office


def work_along(home: Path, ready: Event, enough: Event) -> None:
    """Run turns in the background until it is enough."""
    desk = open_test_desk(home)
    desk.start()
    ready.set()
    enough.wait(PATIENCE_S)
    desk.close()


def hold_lease(home: Path, thread_id: str, ready: Event, enough: Event) -> None:
    """Have the lease of a thread and do nothing with it."""
    with leased(open_test_office(home), thread_id):
        ready.set()
        enough.wait(PATIENCE_S)
