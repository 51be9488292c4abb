"""Whatever takes tickets outside keeps these promises."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

import pytest

from agent.adapters.builtin.clock import SystemClock
from agent.adapters.servicenow.desk import ServiceNowDesk
from agent.adapters.zendesk.desk import ZendeskDesk
from agent.errors import DeliveryError
from agent.model import DeskTicket, Priority, TicketLetter
from agent.ports.help_desk import HelpDesk
from agent.timestamps import to_text
from tests.desks import servicenow, zendesk
from tests.desks.server import AppServer, Whim
from tests.desks.servicenow import ServiceNow
from tests.desks.zendesk import Zendesk

CLOCK = SystemClock()
TIMEOUT_S = 0.3
WRONG = "wrong-secret"


@dataclass
class Place:
    """A desk on a server, the same with a wrong secret, and what people there set a ticket to when it is done."""

    server: Zendesk | ServiceNow
    desk: ZendeskDesk | ServiceNowDesk
    stranger: ZendeskDesk | ServiceNowDesk
    solved: str

    def misbehave(self, whim: Whim) -> None:
        self.server.behaviour.mood = lambda _request: whim


def zendesk_at(url: str, token: str) -> ZendeskDesk:
    return ZendeskDesk(url=url, email=zendesk.EMAIL, token=token, plan="team", clock=CLOCK, timeout_s=TIMEOUT_S)


def servicenow_at(url: str, password: str) -> ServiceNowDesk:
    user = servicenow.USER
    return ServiceNowDesk(url=url, user=user, secret=password, per_hour=3600, clock=CLOCK, timeout_s=TIMEOUT_S)


@pytest.fixture(params=["Zendesk", "ServiceNow"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    server: Zendesk | ServiceNow = Zendesk() if request.param == "Zendesk" else ServiceNow()
    with AppServer(server.app) as running, ExitStack() as stack:
        if isinstance(server, Zendesk):
            made = Place(server, zendesk_at(running.url, zendesk.TOKEN), zendesk_at(running.url, WRONG), "solved")
        else:
            right, wrong = servicenow_at(running.url, servicenow.PASSWORD), servicenow_at(running.url, WRONG)
            made = Place(server, right, wrong, "6")
        stack.enter_context(closing(made.desk))
        stack.enter_context(closing(made.stranger))
        yield made


def a_letter(key: str = "turn:issue", priority: Priority = "high", subject: str = "A kettle (T-1001)") -> TicketLetter:
    return TicketLetter(
        key=key,
        number="T-1001",
        kind="issue",
        priority=priority,
        subject=subject,
        body="It leaks." if subject else "",
        due_at="2026-11-21T12:00:00.000Z",
    )


def test_it_is_a_help_desk(place: Place) -> None:
    desk: HelpDesk = place.desk

    assert desk.per_minute > 0


def test_a_ticket_is_there_once_it_was_created(place: Place) -> None:
    ticket = place.desk.create(a_letter())

    (there,) = place.server.tickets
    assert there["external_id"] == "turn:issue"
    assert (ticket.key, ticket.status, ticket.said) == ("turn:issue", "open", "new")
    assert ticket.number
    assert ticket.url.startswith("http://127.0.0.1")


def test_it_is_found_by_its_key(place: Place) -> None:
    made = place.desk.create(a_letter("a"))
    place.desk.create(a_letter("b"))

    assert place.desk.find("a") == made
    assert place.desk.find("c") is None


def test_of_two_with_one_key_the_older_one_is_found(place: Place) -> None:
    made = place.desk.create(a_letter("a"))
    place.server.tickets.append({**place.server.tickets[0], "id": 99_999, "sys_id": "f" * 32, "number": "INC0099999"})

    assert place.desk.find("a") == made


def test_what_changed_is_told_until_nothing_is_left(place: Place) -> None:
    for name in ("a", "b", "c"):
        place.desk.create(a_letter(name))
    place.server.change("b", place.solved)

    seen: list[DeskTicket] = []
    bookmark, more = None, True
    while more:
        changes = place.desk.changed(bookmark, to_text(CLOCK.now()))
        seen += changes.tickets
        bookmark, more = changes.bookmark, changes.more

    assert {one.key: one.status for one in seen} == {"a": "open", "b": "solved", "c": "open"}


def test_a_bookmark_leads_on_to_what_changes_later(place: Place) -> None:
    place.desk.create(a_letter("a"))
    first = place.desk.changed(None, to_text(CLOCK.now()))
    place.server.change("a", place.solved)

    later = place.desk.changed(first.bookmark, to_text(CLOCK.now()))

    assert [(one.key, one.status) for one in later.tickets] == [("a", "solved")]


@pytest.mark.parametrize(
    "whim", ["fails", "away", "late", "drops", "prose", "accepts, then silent", "accepts, then cuts"]
)
def test_what_may_pass_may_be_tried_again(place: Place, whim: Whim) -> None:
    place.misbehave(whim)

    with pytest.raises(DeliveryError) as caught:
        place.desk.create(a_letter())

    assert caught.value.again
    assert not caught.value.refused
    assert caught.value.rest_s is None


@pytest.mark.parametrize("whim", ["accepts, then silent", "accepts, then cuts"])
def test_a_ticket_whose_answer_was_lost_is_found(place: Place, whim: Whim) -> None:
    place.misbehave(whim)
    with pytest.raises(DeliveryError):
        place.desk.create(a_letter())

    place.misbehave("well")

    assert place.desk.find("turn:issue") is not None


@pytest.mark.parametrize(("asked", "seconds"), [("93", 93.0), ("0.5", 0.5), ("soon", None)])
def test_how_long_it_wants_to_be_left_alone_is_heard(place: Place, asked: str, seconds: float | None) -> None:
    place.misbehave("busy")
    place.server.behaviour.retry_after = asked

    with pytest.raises(DeliveryError, match="429: Too many requests") as caught:
        place.desk.create(a_letter())

    assert (caught.value.again, caught.value.rest_s) == (True, seconds)


def test_a_date_to_wait_for_is_heard_too(place: Place) -> None:
    place.misbehave("busy")
    place.server.behaviour.retry_after = format_datetime(CLOCK.now() + timedelta(seconds=60), usegmt=False)

    with pytest.raises(DeliveryError) as caught:
        place.desk.create(a_letter())

    assert caught.value.rest_s == pytest.approx(60, abs=3)


def test_wrong_credentials_are_told_in_its_own_words_and_never_repeated(place: Place) -> None:
    said = "answered 401: (Couldn't authenticate you|User Not Authenticated)"

    with pytest.raises(DeliveryError, match=said) as caught:
        place.stranger.create(a_letter())

    assert (caught.value.again, caught.value.refused) == (False, True)
    assert WRONG not in str(caught.value)


def test_a_ticket_that_it_does_not_want_is_told_in_its_own_words(place: Place) -> None:
    with pytest.raises(DeliveryError, match=r"cannot be blank|is mandatory") as caught:
        place.desk.create(a_letter(subject=""))

    assert not caught.value.again


def test_nobody_at_the_address_may_be_tried_again() -> None:
    with closing(zendesk_at("http://127.0.0.1:9", "token")) as desk, pytest.raises(DeliveryError) as caught:
        desk.create(a_letter())

    assert caught.value.again


def test_zendesk_takes_a_repeat_of_the_same_request_as_the_same_ticket(place: Place) -> None:
    made = {place.desk.create(a_letter()).number for _time in range(2)}

    assert len(made) == (1 if isinstance(place.server, Zendesk) else 2)


@pytest.mark.parametrize("priority", ["urgent", "high", "normal"])
def test_our_priority_is_theirs(place: Place, priority: Priority) -> None:
    place.desk.create(a_letter(priority=priority))

    (there,) = place.server.tickets
    if isinstance(place.server, Zendesk):
        assert there["priority"] == priority
    else:
        grades = {"urgent": ("1", "1"), "high": ("2", "1"), "normal": ("2", "2")}
        assert (there["impact"], there["urgency"]) == grades[priority]


def test_customers_do_not_get_the_transcript(place: Place) -> None:
    place.desk.create(a_letter())

    (there,) = place.server.tickets
    assert there.get("comment", {"public": False})["public"] is False
