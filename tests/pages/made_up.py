"""A little used desk, and one with a made-up year, for pages that show figures."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from agent import Decision, Desk, FactFilter, Identity
from agent.demo_history import Year, write_history
from agent.store.sqlite import SqliteDatabase
from pages.ui.analytics.groups import Words
from tests.stand_ins import REFUND_MESSAGE

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
KIM = Identity(subject="Kim", role="admin", source="demo-switch")
DENY = Decision(action="deny", reason="outside_window")
THREADS = 150
ALL = FactFilter()
WORDS = Words(name="n", title="t", says="s")


def use(desk: Desk) -> None:
    """A little of everything, and one refund that nobody has decided."""
    desk.rate(desk.chat("How long does it take to deliver?").turn_id, 5)
    desk.chat("My lamp is broken")
    desk.chat("I am furious, I want a human")
    desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    desk.decide(review_id, DENY, ROBIN)


def make_up(home: Path) -> None:
    """Write a made-up year into this home."""
    with closing(SqliteDatabase(home / "desk.sqlite")) as database:
        write_history(database, Year(datetime(2026, 11, 1, tzinfo=UTC)), conversations=THREADS, seed=1)
