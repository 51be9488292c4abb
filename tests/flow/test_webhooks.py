"""What other programs are told of reviews and tickets."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from agent.desk import Desk
from agent.model import Decision
from agent.store.tables import deliveries
from tests.desks.connected import Connection, connected_desk
from tests.desks.receiver import Receiver
from tests.desks.server import AppServer
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, HandClock


@dataclass
class Scene:
    desk: Desk
    receiver: Receiver
    url: str
    home: Path
    clock: HandClock

    def pass_time(self, by: timedelta, steps: int = 1) -> None:
        for _step in range(steps):
            self.desk.dispatch.deliver()
            self.clock.advance(by / steps)
        self.desk.dispatch.deliver()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    # the signature's time is compared with the receiver's own
    receiver, clock = Receiver(), HandClock()
    with AppServer(receiver.app) as running:
        url = f"{running.url}/hook"
        with closing(connected_desk(tmp_path / "home", Connection(hooks=(url,)))) as desk:
            yield Scene(desk, receiver, url, tmp_path / "home", clock)


def test_a_refund_is_told_from_its_review_to_its_end(scene: Scene) -> None:
    review_id = scene.desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    scene.desk.decide(review_id, Decision(action="approve"), REVIEWER)

    scene.desk.dispatch.deliver()

    told = list(scene.receiver.messages.values())
    assert [one["type"] for one in told] == ["review.created", "review.decided", "review.applied"]
    assert [one["data"]["status"] for one in told] == ["pending", "approved", "applied"]
    assert {one["data"]["review_id"] for one in told} == {review_id}
    assert told[0]["data"]["amount"] == {"currency": "USD", "minor": 24000}


def test_a_ticket_is_told_with_its_number(scene: Scene) -> None:
    number = scene.desk.chat("my kettle is broken").ticket

    scene.desk.dispatch.deliver()

    (told,) = scene.receiver.messages.values()
    assert (told["type"], told["data"]["ticket"], told["data"]["kind"]) == ("ticket.created", number, "issue")


def test_nothing_that_a_customer_wrote_is_told(scene: Scene) -> None:
    scene.desk.chat("my xylophone is broken, ana@example.com")
    scene.desk.chat("I am furious about my xylophone", customer_id="C-1001")

    scene.desk.dispatch.deliver()

    told = json.dumps(list(scene.receiver.messages.values()))
    assert "review.created" in told
    assert [word for word in ("xylophone", "example.com", "C-1001", "furious") if word in told] == []


def test_it_is_told_where_somebody_switched_it_on(scene: Scene, tmp_path: Path) -> None:
    with closing(connected_desk(tmp_path / "open", Connection(hooks=(scene.url,), content=True))) as desk:
        desk.chat("my xylophone is broken, card 4111111111111111")

        desk.dispatch.deliver()

    (told,) = scene.receiver.messages.values()
    assert told["data"]["subject"] == "my xylophone is broken, card [card ending 1111]"


def test_a_review_that_expired_or_was_called_back_is_told(scene: Scene) -> None:
    review_id = scene.desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    scene.desk.decide(review_id, Decision(action="approve"), REVIEWER, held=True)
    scene.desk.workbench.call_back(review_id, REVIEWER)

    scene.desk.dispatch.deliver()

    assert scene.receiver.types == ["review.created", "review.decided", "review.reopened"]


def test_every_address_is_told(scene: Scene, tmp_path: Path) -> None:
    other = Receiver()
    with AppServer(other.app) as second:
        hooks = (scene.url, f"{second.url}/hook")
        with closing(connected_desk(tmp_path / "two", Connection(hooks=hooks))) as desk:
            desk.chat("my kettle is broken")
            desk.dispatch.deliver()

    assert scene.receiver.types == other.types == ["ticket.created"]


def test_a_deed_that_failed_is_not_told(scene: Scene) -> None:
    scene.desk.chat("trouble")  # the turn fails, its ticket is opened

    scene.desk.dispatch.deliver()

    assert scene.receiver.types == ["ticket.created"]


def test_a_receiver_that_is_away_is_told_later_for_a_day(tmp_path: Path) -> None:
    receiver, clock = Receiver(), HandClock()
    receiver.status = 503
    with AppServer(receiver.app) as running:
        hooks = Connection(hooks=(f"{running.url}/hook",))
        with closing(connected_desk(tmp_path / "home", hooks, clock)) as desk:
            scene = Scene(desk, receiver, running.url, tmp_path, clock)
            desk.chat("my kettle is broken")

            scene.pass_time(timedelta(hours=20), steps=400)
            waiting = desk.dispatch.endpoints()[0].waiting
            tries = len(receiver.behaviour.asked)
            scene.pass_time(timedelta(hours=30), steps=400)

            assert waiting == 1
            assert 6 <= tries <= 8
            (failed,) = desk.dispatch.failed()
            assert (failed.kind, failed.what, failed.error) == (
                "webhook",
                "Webhook ticket.created",
                "127.0.0.1 answered 503: {}",
            )


def test_a_webhook_is_kept_with_its_deed_or_not_at_all(scene: Scene) -> None:
    review_id = scene.desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id

    with scene.desk._office.database.read() as connection:  # noqa: SLF001  what lies in the outbox
        rows = connection.execute(select(deliveries.c.about, deliveries.c.status)).all()

    assert [tuple(row) for row in rows] == [(review_id, "waiting")]
