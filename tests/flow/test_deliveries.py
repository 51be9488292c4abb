"""Tickets on their way to an outside desk. Time is moved by hand; the desk outside is a real server."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from agent.desk import Desk
from tests.desks.connected import TIMEOUT_S, Connection, connected_desk
from tests.desks.server import AppServer, Whim
from tests.desks.zendesk import Zendesk
from tests.faults.records import change, query
from tests.flow.ticket_scene import Scene
from tests.stand_ins import HandClock, open_test_desk


def test_a_ticket_arrives_with_everything_that_a_person_needs(scene: Scene) -> None:
    number = scene.open_ticket("my kettle is broken, card 4111 1111 1111 1111, write to ana@example.com")

    scene.desk.dispatch.deliver()

    (there,) = scene.server.tickets
    state = scene.state(number)
    assert (state.delivery, state.desk, state.desk_number) == ("done", "Zendesk", str(there["id"]))
    assert number in there["subject"]
    body = there["comment"]["body"]
    told = ("How long does delivery take?", "Customer: my kettle", state.thread_id, "Channel: chat", "Topic: general")
    assert [part for part in (*told, "Sentiment", "ana@example.com", "ending 1111") if part not in body] == []
    assert "4111" not in body
    assert scene.events(number) == ["TICKET_CREATED", "TICKET_DELIVERED"]


def test_customers_have_their_number_while_the_other_desk_is_away(scene: Scene) -> None:
    scene.misbehave("away")

    number = scene.open_ticket()

    assert number.startswith("T-")
    assert scene.server.behaviour.asked == []
    assert scene.state(number).delivery == "waiting"


def test_three_tries_in_ninety_seconds_then_a_person_is_told(scene: Scene) -> None:
    scene.misbehave("fails")
    number = scene.open_ticket()

    scene.pass_time(90)

    state = scene.state(number)
    assert scene.posts <= 3
    assert len(scene.server.behaviour.asked) == 3
    assert (state.delivery, state.status) == ("failed", "open")
    assert state.error == "Zendesk answered 500: InternalError. It broke"
    assert scene.events(number) == ["TICKET_CREATED", "TICKET_FAILED"]
    (failed,) = scene.desk.dispatch.failed()
    assert (failed.kind, failed.attempts, failed.what.startswith(f"Ticket {number}")) == ("ticket", 3, True)


@pytest.mark.parametrize("whim", ["accepts, then silent", "accepts, then cuts"])
@pytest.mark.parametrize("keeps_keys", [True, False])
def test_a_ticket_whose_answer_was_lost_is_there_once(scene: Scene, whim: Whim, keeps_keys: bool) -> None:  # noqa: FBT001  a parameter of the test
    scene.server.keeps_keys = keeps_keys
    scene.misbehave(whim, "well")
    number = scene.open_ticket()

    scene.pass_time(30)

    assert len(scene.server.tickets) == 1
    assert scene.posts == 1
    assert scene.state(number).desk_number == str(scene.server.tickets[0]["id"])


def test_nothing_is_sent_again_while_it_cannot_be_looked_for(scene: Scene) -> None:
    scene.misbehave("accepts, then silent", "fails", "fails")
    number = scene.open_ticket()

    scene.pass_time(90)

    assert (scene.posts, len(scene.server.tickets)) == (1, 1)
    assert scene.state(number).delivery == "failed"


def test_a_wait_that_it_asks_for_is_kept_by_all(scene: Scene) -> None:
    scene.server.behaviour.retry_after = "93"
    scene.misbehave("busy", "well")
    scene.open_ticket()
    scene.open_ticket()

    scene.pass_time(92)
    asked_meanwhile = len(scene.server.behaviour.asked)
    scene.pass_time(30)

    assert asked_meanwhile == 1
    assert scene.deliveries() == ["done", "done"]


def test_wrong_credentials_are_asked_about_once_and_told_in_one_line(home: Path) -> None:
    server, clock = Zendesk(), HandClock()
    with AppServer(server.app) as running:
        wrong = Connection(url=running.url, known=False)
        with closing(connected_desk(home, wrong, clock)) as desk:
            scene = Scene(desk, server, running.url, clock)
            for _ticket in range(12):
                scene.open_ticket()

            scene.pass_time(20)

            assert len(server.behaviour.asked) == 1
            assert scene.deliveries() == ["failed"] * 12
            (endpoint,) = desk.dispatch.endpoints()
            assert (endpoint.failed, endpoint.trouble_kind) == (12, "refused")
            assert endpoint.trouble == "Zendesk answered 401: Couldn't authenticate you"
            assert "expired-token" not in str(endpoint)


def test_a_ticket_that_it_does_not_want_stops_no_other(scene: Scene) -> None:
    scene.open_ticket()
    scene.server.finds_fault_with = "cracked"
    scene.open_ticket("my cracked kettle is broken")
    scene.open_ticket()

    scene.pass_time(5)

    assert scene.deliveries() == ["done", "failed", "done"]
    assert "cannot be blank" in str(scene.state(scene.opened[1]).error)


def test_a_desk_that_is_away_is_asked_rarely_and_new_tickets_wait_for_it(scene: Scene) -> None:
    scene.misbehave("away")
    for _ticket in range(20):
        scene.open_ticket()

    scene.pass_time(120)
    asked = len(scene.server.behaviour.asked)
    scene.misbehave("well")
    scene.pass_time(60)

    assert asked <= 5 + 120 / 15 + 1
    assert scene.deliveries().count("done") + scene.deliveries().count("failed") == 20
    assert scene.deliveries().count("failed") <= 5
    (endpoint,) = scene.desk.dispatch.endpoints()
    assert (endpoint.waiting, endpoint.trouble) == (0, None)


def test_a_process_that_knows_no_other_desk_leaves_its_tickets_alone(scene: Scene, home: Path) -> None:
    scene.open_ticket()

    with closing(open_test_desk(home)) as stranger:
        stranger.dispatch.deliver()

    assert scene.deliveries() == ["waiting"]
    scene.desk.dispatch.deliver()
    assert scene.deliveries() == ["done"]


def test_without_another_desk_nothing_is_kept_for_one(desk: Desk) -> None:
    number = desk.chat("my kettle is broken").ticket

    assert number is not None
    state = desk.dispatch.ticket(number)
    assert state is not None
    assert (state.delivery, state.desk, state.status) == (None, None, "open")
    assert desk.dispatch.endpoints() == []


def test_a_delivery_whose_process_died_is_taken_up_by_another(scene: Scene, home: Path) -> None:
    number = scene.open_ticket()
    scene.misbehave("accepts, then silent", "well")
    change(home / "desk.sqlite", "UPDATE deliveries SET status = 'sending', attempts = 1, owner = '4711-dead.1'")
    processes = home / "processes"
    processes.mkdir(exist_ok=True)  # a database server keeps no files here
    (processes / "4711-dead.lock").touch()

    scene.pass_time(60)

    assert scene.state(number).delivery == "done"
    assert len(scene.server.tickets) == 1


def test_what_has_arrived_is_not_kept_twice(scene: Scene, home: Path) -> None:
    scene.open_ticket()

    scene.desk.dispatch.deliver()

    assert query(home / "desk.sqlite", "SELECT body FROM deliveries") == [("{}",)]


def test_a_ticket_that_arrives_meanwhile_does_not_end_a_wait_that_was_asked_for(scene: Scene) -> None:
    """Two requests under way: one is answered "too many" at once, the other, sent before it, arrives after that."""
    scene.server.behaviour.silence_s = TIMEOUT_S / 2
    scene.server.behaviour.retry_after = "300"
    scene.misbehave("accepts, then silent", "busy")
    scene.open_ticket()
    scene.open_ticket()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _courier: scene.desk.dispatch.deliver(), range(2)))

    (endpoint,) = scene.desk.dispatch.endpoints()
    assert (endpoint.trouble_kind, endpoint.rest_until is None) == ("busy", False)
    assert sorted(map(str, scene.deliveries())) == ["done", "waiting"]


def test_a_desk_that_is_away_is_told_once_and_its_return_once(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(6):
        scene.open_ticket(f"my kettle is broken, for the {number}. time")
    scene.misbehave("away")
    scene.pass_time(300)

    scene.misbehave("well")
    scene.open_ticket("my kettle is broken again")
    scene.pass_time(90)

    told = [record.getMessage() for record in caplog.records if record.name.startswith("agent")]
    away, back = told
    assert "Zendesk is away: Zendesk answered 503" in away
    assert back == "Zendesk takes deliveries again"
