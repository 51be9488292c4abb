"""Couriers: threads of this process that bring what lies in the outbox to other systems, and read what came of it."""

import threading
from collections.abc import Callable

from agent.backoffice import Backoffice
from agent.protocols.deliver import deliver_next, is_due, release_dead
from agent.protocols.follow_tickets import follow_tickets

POLL_S = 0.5
"""How often to look whether something is due: an indexed query."""

RELEASE_S = 5.0
"""How often to look for what dead processes left behind."""

FOLLOW_S = 5.0
"""How often to look whether it is time to read what became of tickets; it is once a minute."""

COUNT = 8
"""Requests under way at once: at a second each, enough for 400 tickets a minute."""


class Couriers:
    """Deliver what is due, at most `count` things at a time. They do nothing where no system is told anything."""

    def __init__(self, office: Backoffice, count: int = COUNT) -> None:
        """Nothing runs before `start`."""
        self._office = office
        self._count = count
        self._due = threading.Condition()
        self._rounds = 0
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; they end with the process or with `close`."""
        if self._threads or not self._office.outside.paces:
            return
        for number in range(self._count):
            self._add(f"courier-{number}", self._carry)
        self._add_loop("Deliveries due", self._look, POLL_S)
        self._add_loop("Deliveries left", self._release, RELEASE_S)
        if self._office.outside.desk is not None:
            self._add_loop("Tickets followed", self._follow, FOLLOW_S)
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Let what is being sent end, then stop."""
        self._stop.set()
        with self._due:
            self._due.notify_all()
        for thread in self._threads:
            thread.join(timeout=15)

    def _add_loop(self, name: str, work: Callable[[], object], every_s: float) -> None:
        self._add(name, lambda: self._repeat(name, work, every_s))

    def _add(self, name: str, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work, name=name, daemon=True))

    def _carry(self) -> None:
        done = 0
        while not self._stop.is_set():
            with self._due:
                self._due.wait_for(lambda: self._rounds > done or self._stop.is_set())  # noqa: B023  asked at once
                done = self._rounds
            try:
                while not self._stop.is_set() and deliver_next(self._office):
                    pass
            except Exception as error:  # noqa: BLE001  told, and tried again
                self._office.outage.failed("Deliveries", error)
            else:
                self._office.outage.well("Deliveries")

    def _repeat(self, name: str, work: Callable[[], object], every_s: float) -> None:
        while not self._stop.is_set():
            try:
                work()
            except Exception as error:  # noqa: BLE001  told, and tried again
                self._office.outage.failed(name, error)
            else:
                self._office.outage.well(name)
            self._stop.wait(every_s)

    def _look(self) -> None:
        if is_due(self._office):
            with self._due:
                self._rounds += 1
                self._due.notify_all()

    def _release(self) -> None:
        release_dead(self._office)

    def _follow(self) -> None:
        follow_tickets(self._office)
