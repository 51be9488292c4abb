"""ServiceNow takes no key with a request: what it finishes long after we gave it up becomes a second incident."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from agent.api.callers import Caller
from agent.api.visible import for_caller
from agent.desk import Desk
from agent.model import Identity, TicketState
from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer, Whim
from tests.desks.servicenow import ServiceNow
from tests.stand_ins import REVIEWER, HandClock

OURS, SECOND = "INC0010001", "INC0010002"


@dataclass
class Scene:
    """A desk here whose ticket was sent twice, ServiceNow there, and a clock for the desk."""

    desk: Desk
    server: ServiceNow
    clock: HandClock
    home: Path
    number: str = ""

    def open_ticket(self, *whims: Whim) -> None:
        """Have a ticket made; the server answers with these whims, the last one for good."""
        left = list(whims)
        self.server.behaviour.mood = lambda _request: left.pop(0) if len(left) > 1 else left[0]
        self.number = str(self.desk.chat("my kettle is broken").ticket)
        self.pass_time(120)

    def pass_time(self, seconds: int) -> None:
        for _step in range(seconds // 5):
            self.desk.dispatch.deliver()
            self.clock.advance(timedelta(seconds=5))
        self.desk.dispatch.deliver()

    @property
    def ticket(self) -> TicketState:
        found = self.desk.dispatch.ticket(self.number)
        assert found is not None
        return found

    @property
    def told(self) -> list[str]:
        return [event.payload["message"] for event in self.desk.troubles()]

    def finish_given_up(self, *, begun: Literal["before", "after"] = "after") -> None:
        """ServiceNow does what it was asked the first time."""
        self.server.created_on = "0" if begun == "before" else ""
        self.server.behaviour.finish()

    def close_there(self, number: str) -> None:
        (incident,) = [one for one in self.server.tickets if one["number"] == number]
        incident |= {"state": "6"}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    server, clock, home = ServiceNow(), HandClock(), tmp_path / "home"
    with AppServer(server.app) as running:
        connection = Connection(url=running.url, kind="ServiceNow")
        with closing(connected_desk(home, connection, clock)) as desk:
            yield Scene(desk, server, clock, home)


def test_people_are_told_once_which_of_two_incidents_to_close(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "well")
    assert (scene.ticket.delivery, scene.ticket.desk_number) == ("done", OURS)

    scene.finish_given_up()
    scene.pass_time(300)

    assert [incident["number"] for incident in scene.server.tickets] == [OURS, SECOND]
    assert scene.ticket.desk_number == OURS
    (told,) = scene.told
    assert told.startswith(f"ServiceNow has ticket {scene.number} twice: {OURS} is followed here. Close {SECOND} there")


def test_the_oldest_of_two_incidents_is_ours(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "well")

    scene.finish_given_up(begun="before")
    scene.pass_time(300)

    assert scene.ticket.desk_number == SECOND
    assert str(scene.ticket.desk_url).endswith(f"{1:032x}")
    assert [f"Close {OURS} there" in message for message in scene.told] == [True]


def test_closing_the_second_incident_does_not_close_our_ticket(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "well")
    scene.finish_given_up()
    scene.pass_time(120)

    scene.close_there(SECOND)
    scene.pass_time(120)
    after_second = scene.ticket
    scene.close_there(OURS)
    scene.pass_time(120)

    assert (after_second.status, after_second.desk_number, after_second.desk_status) == ("open", OURS, "new")
    assert (scene.ticket.status, scene.ticket.desk_number) == ("solved", OURS)


def test_a_second_incident_is_found_by_whichever_process_looks_next(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "well")
    url = str(scene.ticket.desk_url).partition("/nav_to")[0]
    scene.desk.close()
    scene.finish_given_up()

    with closing(connected_desk(scene.home, Connection(url=url, kind="ServiceNow"), scene.clock)) as scene.desk:
        scene.pass_time(120)

        assert [f"Close {SECOND} there" in message for message in scene.told] == [True]


def test_a_ticket_made_by_hand_stays_ours_when_the_desk_finishes_what_it_was_asked(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "finishes too late", "late")
    (failed,) = scene.desk.dispatch.failed()
    scene.server.behaviour.mood = lambda _request: "well"
    scene.desk.dispatch.created_by_hand(failed.delivery_id, "INC0099999", REVIEWER)

    scene.finish_given_up(begun="before")
    scene.pass_time(300)

    assert scene.ticket.desk_number == "INC0099999"
    assert any(f"Close {OURS} there" in message for message in scene.told)


def test_the_number_that_a_person_typed_is_known_again(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "late", "late", "late")
    (failed,) = scene.desk.dispatch.failed()
    scene.server.behaviour.mood = lambda _request: "well"
    scene.finish_given_up()
    scene.desk.dispatch.created_by_hand(failed.delivery_id, f"#{OURS.lower()}", REVIEWER)

    scene.pass_time(120)

    assert (scene.ticket.desk_number, scene.told) == (OURS, [])


def test_customers_are_told_nothing_of_it(scene: Scene) -> None:
    scene.open_ticket("finishes too late", "well")
    scene.finish_given_up()
    scene.pass_time(120)

    (trouble,) = scene.desk.troubles()
    anna = Identity(subject="C-1001", role="stakeholder", source="session")

    assert for_caller(trouble, Caller(identity=anna, client="session", customer_id="C-1001")) is None
