"""Two people and an undo window, in a process that is killed at one exact point of the way."""

from pathlib import Path
from signal import SIGKILL
from typing import Literal

from agent.adapters.builtin.payments import PaymentsBook
from agent.backoffice import Backoffice
from agent.bootstrap import World
from agent.desk import Desk
from agent.model import Decision, Identity
from agent.ports.clock import Clock
from agent.ports.payments import Payments
from tests.faults.endings import Ending, EndingClock, EndingPayments
from tests.faults.records import query
from tests.postgres import place_for
from tests.stand_ins import open_test_office, settings_for

LARGE = "refund of $600 please"
ROBIN = Identity(subject="Robin", role="reviewer", source="command-line")
SAM = Identity(subject="Sam", role="reviewer", source="command-line")
APPROVE = Decision(action="approve")

Point = Literal[
    "the first decision is stored, its gate is not passed",
    "the first gate is passed, the second one is not in the queue",
    "the second decision is stored, its gate is not passed",
    "the second gate is passed, nothing is entered",
    "the refund is entered, nothing is paid",
    "the refund is paid, its reference is not stored",
    "the first decision waits for its undo window",
    "the second decision waits for its undo window",
]

IN_PAYMENTS: frozenset[Point] = frozenset(
    {"the refund is entered, nothing is paid", "the refund is paid, its reference is not stored"}
)


def approve_twice_and_end(home: Path, point: Point) -> None:
    """Ask for a large refund, approve it as two people, and be killed on the way."""
    ending = Ending(
        "the refund is paid, its reference is not stored"
        if point == "the refund is paid, its reference is not stored"
        else "the ledger entry is written, nothing is paid",
        SIGKILL,
    )
    ending.spent = True

    def payments(clock: Clock) -> Payments:
        book = PaymentsBook(place_for(home) or home / "payments.sqlite", clock)
        return EndingPayments(book, ending) if point in IN_PAYMENTS else book

    office = open_test_office(home, World(clock=EndingClock(ending), payments=payments))
    desk = Desk(office, settings_for(home))
    review_id = str(desk.chat(LARGE).review_id)
    ending.spent = point in IN_PAYMENTS  # those come by themselves, when the payment is made
    ending.has_come = lambda: _has_come(office, home, point)
    desk.decide(review_id, APPROVE, ROBIN, held=point == "the first decision waits for its undo window")
    office.now()
    desk.decide(review_id, APPROVE, SAM, held=point == "the second decision waits for its undo window")
    office.now()


def _has_come(office: Backoffice, home: Path, point: Point) -> bool:
    """Whether the point has come, by what is on the disk."""
    [(decided, held, second)] = query(
        home / "desk.sqlite",
        "SELECT (SELECT count(*) FROM decisions), held_until, second_interrupt_id FROM reviews",
    )
    waits_at: dict[Point, tuple[int, str]] = {
        "the first decision is stored, its gate is not passed": (1, "human_gate"),
        "the first gate is passed, the second one is not in the queue": (1, "second_gate"),
        "the second decision is stored, its gate is not passed": (2, "second_gate"),
        "the second gate is passed, nothing is entered": (2, "issue_refund"),
        "the first decision waits for its undo window": (1, "human_gate"),
        "the second decision waits for its undo window": (2, "second_gate"),
    }
    count, node = waits_at[point]
    if decided != count or ("waits" in point) != (held is not None):
        return False
    if point == "the first gate is passed, the second one is not in the queue" and second is not None:
        return False
    snapshot = office.snapshot(query(home / "desk.sqlite", "SELECT thread_id FROM threads")[0][0])
    return [task.name for task in snapshot.tasks] == [node]
