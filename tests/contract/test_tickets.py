"""Whatever opens tickets keeps these promises."""

from pathlib import Path

import pytest

from agent.adapters.builtin.tickets import BuiltinTicketDesk
from agent.model import TicketRequest
from agent.ports.tickets import TicketDesk
from tests.conftest import OpenDatabase
from tests.stand_ins import HandClock


@pytest.fixture
def tickets(tmp_path: Path, open_database: OpenDatabase) -> TicketDesk:
    return BuiltinTicketDesk(open_database(tmp_path / "desk.sqlite"), HandClock())


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
