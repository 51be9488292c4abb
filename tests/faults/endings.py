"""A process that asks for a refund and approves it, and is killed or stopped at one exact point of the way."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from signal import Signals, pthread_kill
from typing import Literal

from agent import Decision
from agent.adapters.builtin.clock import SystemClock
from agent.adapters.builtin.payments import PaymentsBook
from agent.backoffice import LEASE, Backoffice
from agent.bootstrap import World
from agent.desk import Desk
from agent.model import Money
from agent.ports.clock import Clock
from agent.ports.payments import Payments
from tests.faults.records import query
from tests.postgres import place_for
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_office, settings_for

MESSAGE_ID = "the-refund"

Moment = Literal[
    "the message is stored",
    "the turn has begun",
    "the pause is saved, its review is not",
    "the review is stored",
    "the decision is stored",
    "the gate is passed",
    "the ledger entry is written, nothing is paid",
    "the refund is paid, its reference is not stored",
    "the refund is confirmed, its step is not saved",
    "all steps are saved, the turn is not closed",
    "the turn is closed, the lease is not given back",
]


@dataclass
class Ending:
    """Sends this process the signal once, when `moment` has come: SIGKILL ends it, SIGSTOP stops it until SIGCONT."""

    moment: Moment
    signal: Signals
    has_come: Callable[[], bool] = field(default=lambda: False)
    spent: bool = False

    def look(self) -> None:
        """The moment may have come, by what is on the disk."""
        if not self.spent and self.has_come():
            self.come()

    def reach(self, moment: Moment) -> None:
        """This moment has come."""
        if self.moment == moment:
            self.come()

    def come(self) -> None:
        """Without any clean-up."""
        self.spent = True
        # to this thread: sent to the process, the signal would let it run on for a moment
        pthread_kill(threading.get_ident(), self.signal)


class EndingClock:
    """Tells the time; every step of the desk looks at the clock before it goes on."""

    def __init__(self, ending: Ending) -> None:
        """Tell it until the end."""
        self._ending = ending

    def now(self) -> datetime:
        """The current time, if it is told any more."""
        self._ending.look()
        return SystemClock().now()


class EndingPayments:
    """The payments book in a process that ends just before or just after it books."""

    def __init__(self, book: PaymentsBook, ending: Ending) -> None:
        """Book in `book`."""
        self._book = book
        self._ending = ending

    def refund(self, *, key: str, amount: Money, order_number: str | None, customer: str) -> str:
        """Book, unless the end comes first."""
        self._ending.reach("the ledger entry is written, nothing is paid")
        reference = self._book.refund(key=key, amount=amount, order_number=order_number, customer=customer)
        self._ending.reach("the refund is paid, its reference is not stored")
        return reference

    def paid(self, key: str) -> str | None:
        """As the book has it."""
        return self._book.paid(key)


def refund_and_end(home: Path, moment: Moment, signal: Signals, lease: timedelta = LEASE) -> None:
    """Ask for a refund and approve it; a killed process does not see the end of it, a stopped one goes on later."""
    ending = Ending(moment, signal)

    def payments(clock: Clock) -> Payments:
        return EndingPayments(PaymentsBook(place_for(home) or home / "payments.sqlite", clock), ending)

    office = open_test_office(home, World(clock=EndingClock(ending), payments=payments))
    desk = Desk(replace(office, lease=lease), settings_for(home))
    ending.has_come = condition(office, home, moment)
    desk.receive(REFUND_MESSAGE, customer_id="C-1001", message_id=MESSAGE_ID)
    ending.reach("the message is stored")
    result = desk.chat(REFUND_MESSAGE, customer_id="C-1001", message_id=MESSAGE_ID)
    ending.reach("the review is stored")
    desk.decide(str(result.review_id), Decision(action="approve"), REVIEWER)
    desk.close()


def condition(office: Backoffice, home: Path, moment: Moment) -> Callable[[], bool]:
    """Whether the moment has come, by what is on the disk."""
    desk = home / "desk.sqlite"

    def holds(sql: str) -> bool:
        return query(desk, f"SELECT EXISTS ({sql})") == [(1,)]

    def next_steps() -> list[str] | None:
        """The steps that the saved state leads to; None before anything is saved."""
        for (thread_id,) in query(desk, "SELECT thread_id FROM threads"):
            snapshot = office.snapshot(thread_id)
            return [task.name for task in snapshot.tasks] if snapshot.values else None
        return None

    conditions: dict[Moment, Callable[[], bool]] = {
        "the turn has begun": lambda: holds("SELECT 1 FROM inbox WHERE status = 'running'"),
        "the pause is saved, its review is not": lambda: next_steps() == ["human_gate"],
        "the decision is stored": lambda: holds("SELECT 1 FROM decisions"),
        "the gate is passed": lambda: next_steps() == ["issue_refund"],
        "the refund is confirmed, its step is not saved": lambda: holds(
            "SELECT 1 FROM ledger WHERE reference IS NOT NULL"
        ),
        "all steps are saved, the turn is not closed": lambda: (
            next_steps() == [] and not holds("SELECT 1 FROM inbox WHERE status = 'done'")
        ),
        "the turn is closed, the lease is not given back": lambda: holds(
            "SELECT 1 FROM reviews WHERE status = 'applied'"
        ),
    }
    return conditions.get(moment, lambda: False)
