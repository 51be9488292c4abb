"""The command line for tickets at another desk, from its settings to a ticket made by hand."""

from collections.abc import Iterator

import pytest

from tests.command_line.conftest import Run
from tests.desks import zendesk
from tests.desks.server import AppServer
from tests.desks.zendesk import Zendesk

ANGRY = "This is the worst service ever, I am furious, let me talk to a human now"


@pytest.fixture
def server() -> Iterator[Zendesk]:
    there = Zendesk()
    with AppServer(there.app) as running:
        there.url = running.url
        yield there


def settings(url: str, token: str = zendesk.TOKEN) -> dict[str, str]:
    return {
        "TRIAGE_TICKETS": "zendesk",
        "TRIAGE_ZENDESK_URL": url,
        "TRIAGE_ZENDESK_EMAIL": zendesk.EMAIL,
        "TRIAGE_ZENDESK_TOKEN": token,
    }


def test_a_ticket_goes_out_by_command(run: Run, server: Zendesk) -> None:
    number = run("chat", ANGRY, "--json", **settings(server.url)).document["ticket"]

    sent = run("tickets", "deliver", "--json", **settings(server.url))
    shown = run("tickets", "show", number, "--json", **settings(server.url))

    assert (sent.code, sent.document["sent"]) == (0, 1)
    assert shown.document["desk_number"] == str(server.tickets[0]["id"])
    assert run("doctor", **settings(server.url)).code == 0


def test_what_failed_is_listed_retried_and_made_by_hand(run: Run, server: Zendesk) -> None:
    wrong, right = settings(server.url, "expired"), settings(server.url)
    for _ticket in range(2):
        run("chat", ANGRY, **wrong)
    run("tickets", "deliver", **wrong)

    listed = run("tickets", "list", "--json", **right).document
    doctor = run("doctor", **right)
    first, second = (one["delivery_id"] for one in listed["failed"])
    by_hand = run("tickets", "created-by-hand", first, "4711", "--as", "robin", **right)
    retried = run("tickets", "retry", "--as", "robin", "--json", second, **right)
    run("tickets", "deliver", **right)

    assert listed["endpoints"][0]["failed"] == 2
    assert "answered 401" in listed["failed"][0]["error"]
    assert (doctor.code, "tickets retry" in doctor.out) == (1, True)
    assert (by_hand.code, retried.document) == (0, {"retried": 1})
    assert len(server.tickets) == 1
    assert run("tickets", "list", "--json", **right).document["failed"] == []
    assert run("tickets", "created-by-hand", first, "4712", "--as", "robin", **right).code == 4


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"TRIAGE_TICKETS": "zendesk"}, "set TRIAGE_ZENDESK_URL, TRIAGE_ZENDESK_TOKEN as well"),
        ({"TRIAGE_TICKETS": "servicenow", "TRIAGE_SERVICENOW_URL": "https://x.test"}, "TRIAGE_SERVICENOW_USER"),
        ({"TRIAGE_TICKETS": "jira"}, "TRIAGE_TICKETS=jira"),
        ({"TRIAGE_ZENDESK_URL": "http://example.com"}, "it has to begin with https://"),
        ({"TRIAGE_WEBHOOK_URLS": "https://a.test, http://b.test"}, "it has to begin with https://"),
        ({"TRIAGE_WEBHOOK_URL": "https://a.test"}, "set TRIAGE_WEBHOOK_SECRET as well"),
        ({"TRIAGE_WEBHOOK_URL": "https://a.test", "TRIAGE_WEBHOOK_SECRET": "short"}, "base64 of 24 bytes"),
        ({"TRIAGE_APP_URL": "https://user:word@a.test"}, "credentials do not belong"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(run: Run, variables: dict[str, str], said: str) -> None:
    ran = run("tickets", "list", **variables)

    assert ran.code == 6
    assert said in ran.err


def test_a_setting_that_is_missing_never_shows_the_others(run: Run) -> None:
    variables = {"TRIAGE_TICKETS": "zendesk", "TRIAGE_SECRET_KEY": "do-not-show"}

    ran = run("tickets", "list", **variables)

    assert "do-not-show" not in ran.err
