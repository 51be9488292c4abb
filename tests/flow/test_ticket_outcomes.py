"""What became of a ticket at the outside desk is read once a minute."""

from contextlib import closing
from pathlib import Path

from tests.desks.connected import Connection, connected_desk
from tests.flow.ticket_scene import Scene


def test_what_was_solved_there_is_solved_here(scene: Scene) -> None:
    number = scene.open_ticket()
    other = scene.open_ticket()
    scene.pass_time(1)
    scene.server.change(scene.state(number).key, "solved")

    scene.pass_time(70)

    state = scene.state(number)
    assert (state.status, state.desk_status, state.closed_at is None) == ("solved", "solved", False)
    assert scene.state(other).status == "open"
    assert scene.events(number) == ["TICKET_CREATED", "TICKET_DELIVERED", "TICKET_CLOSED"]


def test_a_desk_that_does_not_tell_what_became_of_tickets_is_asked_again(scene: Scene) -> None:
    number = scene.open_ticket()
    scene.pass_time(1)
    scene.misbehave("fails")
    scene.pass_time(70)
    (endpoint,) = scene.desk.dispatch.endpoints()
    scene.misbehave("well")
    scene.server.change(scene.state(number).key, "closed")

    scene.pass_time(70)

    assert endpoint.look_trouble == "Zendesk answered 500: InternalError. It broke"
    assert scene.state(number).status == "solved"
    assert scene.desk.dispatch.endpoints()[0].look_trouble is None


def test_several_processes_read_what_became_of_tickets_once_a_minute(scene: Scene, home: Path) -> None:
    scene.open_ticket()
    scene.pass_time(1)
    with closing(connected_desk(home, Connection(url=scene.url), scene.clock)) as second:
        for _second in range(180):
            second.dispatch.deliver()
            scene.pass_time(1)

    looks = [path for _at, _method, path in scene.server.behaviour.asked if "incremental" in path]
    assert 3 <= len(looks) <= 4
