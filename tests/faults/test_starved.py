"""What cannot be done for long must not keep the rest from being done."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import update

from agent import Decision
from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import PaymentError
from agent.model import Money
from agent.protocols import recover
from agent.protocols.receive import Message, receive
from agent.store.tables import reviews
from tests.stand_ins import REVIEWER, open_test_office, settings_for

PATIENCE_S = 15


class NobodyPays:
    """A provider that takes no payment."""

    def __init__(self, _clock: object) -> None:
        self.booked: dict[str, str] = {}

    def refund(self, *, key: str, amount: Money, order_number: str | None, customer: str) -> str:
        message = f"The provider is away: {key}, {amount}, {order_number}, {customer}. Nothing was paid."
        raise PaymentError(message)

    def paid(self, key: str) -> str | None:
        return self.booked.get(key)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_messages_and_denials_are_carried_out_while_more_payments_fail_than_one_look_finds(tmp_path: Path) -> None:
    office = open_test_office(tmp_path / "home", World(payments=NobodyPays))
    desk = Desk(office, settings_for(tmp_path / "home"))
    paused = [desk.chat("refund of $7 please") for _each in range(recover.BATCH + 20)]
    for each in paused[:-1]:
        desk.decide(str(each.review_id), Decision(action="approve"), REVIEWER, held=True)
    denied = paused[-1]
    desk.decide(str(denied.review_id), Decision(action="deny", reason="outside_window"), REVIEWER, held=True)
    left_behind = receive(office, Message(text="how long does delivery take?"))
    with office.database.write() as connection:
        connection.execute(update(reviews).values(held_until=None))

    desk.start()

    wait_until(lambda: desk.thread(left_behind.thread_id).turns[0].status == "done")
    wait_until(lambda: desk.review(str(denied.review_id)).status == "applied")
    assert desk.payments_made() == 0
    desk.close()


def test_what_waits_is_found_although_queue_and_checkpoints_cannot_be_compared(tmp_path: Path) -> None:
    office = open_test_office(tmp_path / "home")
    desk = Desk(office, settings_for(tmp_path / "home"))
    desk.chat("refund of $7 please")
    with office.database.write() as connection:  # the pause seems to have no row, and cannot get one
        connection.execute(update(reviews).values(status="applied", interrupt_id="another"))
    left_behind = receive(office, Message(text="how long does delivery take?"))

    desk.start()

    wait_until(lambda: desk.thread(left_behind.thread_id).turns[0].status == "done")
    desk.close()
