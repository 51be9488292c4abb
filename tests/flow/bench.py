"""A desk for reviewers whose clock is moved by hand, and the people at it."""

from pathlib import Path

from agent.bootstrap import World
from agent.desk import Desk
from agent.model import Decision, Identity, Money, Role
from agent.protocols.recover import waiting_threads
from agent.protocols.run import run_thread
from tests.stand_ins import REFUND_MESSAGE, HandClock, open_test_office, settings_for

APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="not_refundable")
LARGE = "refund of $600 please"
"""More than one person may approve alone."""


def person(subject: str, role: Role = "reviewer") -> Identity:
    """Somebody who works at the desk."""
    return Identity(subject=subject, role=role, source="command-line")


ROBIN = person("Robin")
SAM = person("Sam")
LEE = person("Lee", "lead")
KIM = person("Kim", "admin")


def edit_to(minor: int, currency: str = "USD") -> Decision:
    """An approval of another amount, in cents."""
    return Decision(action="edit", amount=Money(minor=minor, currency=currency))


class Bench:
    """A desk whose clock is moved by hand, and whose background work is done on demand."""

    def __init__(self, home: Path, clock: HandClock | None = None) -> None:
        self.clock = clock or HandClock()
        self.office = open_test_office(home, World(clock=self.clock))
        self.desk = Desk(self.office, settings_for(home))
        self.tools = self.desk.workbench

    def refund(self, text: str = REFUND_MESSAGE, customer: str = "C-1001") -> str:
        """Ask for one; the id of its review."""
        review_id = self.desk.chat(text, customer_id=customer).review_id
        assert review_id is not None
        return review_id

    def work(self) -> int:
        """Do all that waits; how many threads had something to do."""
        done = 0
        while waiting := waiting_threads(self.office):
            for thread_id in waiting:
                run_thread(self.office, thread_id)
            done += len(waiting)
        return done

    def assert_still_usable(self, review_id: str) -> None:
        """Nothing was paid, and the review is decided properly now and paid once."""
        paid_before = self.desk.payments_made()
        assert self.desk.review(review_id).is_open
        self.desk.decide(review_id, APPROVE, SAM)
        assert (paid_before, self.desk.payments_made()) == (0, 1)
        assert self.desk.verify_audit().ok
        assert [check for check in self.desk.checks() if not check.ok] == []
