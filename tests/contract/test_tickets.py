"""Whatever opens tickets keeps these promises, wherever they are worked on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.desk import Desk
from agent.model import TicketRequest
from agent.ports.tickets import TicketDesk
from tests.desks.connected import SOON, Connection, connected_desk
from tests.desks.server import AppServer
from tests.desks.servicenow import ServiceNow
from tests.desks.zendesk import Zendesk
from tests.stand_ins import open_test_desk


@dataclass
class Place:
    """Who opens tickets, the desk around it, and where they go; None if they stay."""

    tickets: TicketDesk
    desk: Desk
    server: Zendesk | ServiceNow | None


def place_of(desk: Desk, server: Zendesk | ServiceNow | None = None) -> Place:
    return Place(desk._office.services.tickets, desk, server)  # noqa: SLF001  what nodes are handed


@pytest.fixture(params=["builtin", "Zendesk", "ServiceNow"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    home = tmp_path / "home"
    if request.param == "builtin":
        with closing(open_test_desk(home)) as desk:
            yield place_of(desk)
        return
    server: Zendesk | ServiceNow = Zendesk() if request.param == "Zendesk" else ServiceNow()
    with AppServer(server.app) as there:
        connection = Connection(url=there.url, kind=request.param, terms=SOON)
        with closing(connected_desk(home, connection)) as desk:
            yield place_of(desk, server)


@pytest.fixture
def tickets(place: Place) -> TicketDesk:
    return place.tickets


def a_request(key: str) -> TicketRequest:
    return TicketRequest(
        key=key,
        thread_id="t",
        turn_id="u",
        kind="issue",
        priority="high",
        subject="A kettle is broken",
        body="It leaks.",
        due_at="2026-11-21T12:00:00.000Z",
    )


def test_a_ticket_has_a_number_and_a_due_time(tickets: TicketDesk) -> None:
    ticket = tickets.open_ticket(a_request("a"))

    assert ticket.number.startswith("T-")
    assert (ticket.status, ticket.due_at, ticket.priority) == ("open", "2026-11-21T12:00:00.000Z", "high")


def test_the_same_key_is_the_same_ticket(tickets: TicketDesk) -> None:
    assert tickets.open_ticket(a_request("a")) == tickets.open_ticket(a_request("a"))


def test_another_key_is_another_ticket(tickets: TicketDesk) -> None:
    assert tickets.open_ticket(a_request("a")).number != tickets.open_ticket(a_request("b")).number


def test_many_at_once_with_one_key_open_one_ticket(place: Place) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = {ticket.number for ticket in pool.map(lambda _: place.tickets.open_ticket(a_request("a")), range(40))}

    place.desk.dispatch.deliver()

    assert len(numbers) == 1
    assert place.server is None or len(place.server.tickets) == 1


def test_opening_waits_for_no_other_system(place: Place) -> None:
    if place.server is not None:
        place.server.behaviour.mood = lambda _request: "accepts, then silent"

    place.tickets.open_ticket(a_request("a"))

    assert place.server is None or place.server.behaviour.asked == []


def test_a_ticket_can_be_looked_at_wherever_it_is(place: Place) -> None:
    number = place.tickets.open_ticket(a_request("a")).number
    place.desk.dispatch.deliver()

    state = place.desk.dispatch.ticket(number)

    assert state is not None
    assert (state.number, state.status, state.subject) == (number, "open", "A kettle is broken")
    assert (state.desk_number is None) == (place.server is None)
    assert place.desk.dispatch.ticket("T-999999999999999999999") is None
    assert place.desk.dispatch.ticket("T-²") is None
