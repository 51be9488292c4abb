"""What the Health page says and lets people do about tickets that did not arrive at the other desk."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import TicketState
from pages.ui.health.outside_panel import shown_name
from pages.ui.review.ticket_state import ticket_blocks
from tests.desks import zendesk
from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer
from tests.desks.zendesk import Zendesk
from tests.pages.screen import open_page
from tests.stand_ins import open_test_desk

PATIENCE_S = 30.0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Zendesk]:
    there = Zendesk()
    with AppServer(there.app) as running:
        for name, value in {
            "TICKETS": "zendesk",
            "ZENDESK_URL": running.url,
            "ZENDESK_EMAIL": zendesk.EMAIL,
            "ZENDESK_TOKEN": zendesk.TOKEN,
        }.items():
            monkeypatch.setenv(f"TRIAGE_{name}", value)
        there.url = running.url
        yield there


def fail_three(home: Path, url: str) -> None:
    with closing(connected_desk(home, Connection(url=url, known=False))) as desk:
        for _ticket in range(3):
            desk.chat("my kettle is broken")
        desk.dispatch.deliver()


def labels(app: AppTest) -> list[str]:
    return [expander.label.replace("\\", "") for expander in app.expander]


def test_what_failed_for_one_reason_is_one_line(app: AppTest, home: Path, server: Zendesk) -> None:
    fail_three(home, server.url)

    open_page(app, "health", "Robin")

    assert not app.exception
    assert labels(app) == ["3 tickets for Zendesk: Zendesk answered 401: Couldn't authenticate you"]


def test_one_click_has_all_of_them_tried_again(app: AppTest, home: Path, server: Zendesk) -> None:
    fail_three(home, server.url)
    open_page(app, "health", "Robin")

    next(button for button in app.button if button.label == "Retry all 3").click().run()

    assert not app.exception
    assert [said.value for said in app.success] == ["3 are tried again now."]
    deadline = time.monotonic() + PATIENCE_S
    while len(server.tickets) < 3:
        assert time.monotonic() < deadline, "the app does not deliver"
        time.sleep(0.1)


def test_a_ticket_made_by_hand_is_noted_with_its_number(app: AppTest, home: Path, server: Zendesk) -> None:
    fail_three(home, server.url)
    open_page(app, "health", "Robin")

    app.text_input(key="outside_number_0").input("4711")
    next(button for button in app.button if button.label == "Created by hand").click().run()

    assert not app.exception
    assert [said.value.replace("\\", "") for said in app.success] == ["Noted: it is 4711 there."]
    assert labels(app) == ["2 tickets for Zendesk: Zendesk answered 401: Couldn't authenticate you"]


def test_analysts_see_it_and_cannot_act(app: AppTest, home: Path, server: Zendesk) -> None:
    fail_three(home, server.url)

    open_page(app, "health", "Alex")

    assert not app.exception
    assert len(labels(app)) == 1
    assert [button.label for button in app.button if "Retry" in button.label] == []


def test_without_another_desk_it_says_so(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        desk.chat("my kettle is broken")

    open_page(app, "health", "Robin")

    assert any("Tickets stay at this desk" in caption.value for caption in app.caption)


def test_of_an_address_only_the_host_is_shown() -> None:
    assert shown_name("https://hooks.example.com/T0/secret") == "Webhook hooks.example.com"
    assert shown_name("Zendesk") == "Zendesk"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"delivery": "waiting"}, "on its way to Zendesk"),
        ({"delivery": "failed", "error": "Zendesk answered 422: no"}, "not at Zendesk: Zendesk answered 422: no"),
        ({"desk_number": "35436", "desk_status": "pending"}, "35436 at Zendesk, pending"),
        ({"desk_number": "35436", "status": "solved"}, "solved at Zendesk"),
        ({"desk": None}, "open"),
    ],
)
def test_the_card_says_how_far_the_ticket_is(changed: dict[str, str], said: str) -> None:
    ticket = TicketState(
        number="T-1001",
        key="k",
        thread_id="t",
        kind="escalation",
        priority="high",
        status="open",
        subject="A kettle",
        due_at="2026-11-21T12:00:00.000Z",
        opened_at="2026-11-21T12:00:00.000Z",
        closed_at=None,
        desk="Zendesk",
        desk_number=None,
        desk_url=None,
        desk_status=None,
        delivery=None,
        error=None,
    ).model_copy(update=changed)

    (block,) = ticket_blocks(ticket)

    assert [(row["label"], row["value"]) for row in block["rows"]] == [("Ticket T-1001", said)]
    assert ticket_blocks(None) == []
