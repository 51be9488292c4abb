"""Tickets that could not be delivered, retried by a person or made at the other desk by hand."""

from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError, UnknownDeliveryError
from agent.model import Identity
from tests.desks.connected import Connection, connected_desk
from tests.flow.ticket_scene import Scene
from tests.stand_ins import REVIEWER

LEAD = Identity(subject="lea", role="lead", source="command-line")

ANALYST = Identity(subject="ann", role="analyst", source="command-line")


def test_once_the_credentials_are_right_everything_goes_by_one_command(scene: Scene, home: Path) -> None:
    wrong = Connection(url=scene.url, known=False)
    with closing(connected_desk(home, wrong, scene.clock)) as desk:
        for _ticket in range(3):
            scene.open_ticket()
        desk.dispatch.deliver()

    count = scene.desk.dispatch.retry_all("Zendesk", REVIEWER)
    scene.pass_time(5)

    assert count == 3
    assert scene.deliveries() == ["done"] * 3
    assert len(scene.server.tickets) == 3


def test_a_failed_ticket_is_looked_for_before_it_is_sent_again_by_hand(scene: Scene) -> None:
    scene.misbehave("accepts, then silent", "fails")
    number = scene.open_ticket()
    scene.pass_time(90)
    scene.misbehave("well")
    (failed,) = scene.desk.dispatch.failed()

    scene.desk.dispatch.retry([failed.delivery_id], REVIEWER)
    scene.pass_time(20)

    assert scene.state(number).delivery == "done"
    assert len(scene.server.tickets) == 1
    assert scene.desk.dispatch.failed() == []


def test_a_ticket_made_by_hand_keeps_its_number_and_is_not_sent_any_more(scene: Scene) -> None:
    scene.misbehave("fails")
    number = scene.open_ticket()
    scene.pass_time(90)
    scene.misbehave("well")
    (failed,) = scene.desk.dispatch.failed()

    scene.desk.dispatch.created_by_hand(failed.delivery_id, " 4711 ", REVIEWER)
    scene.pass_time(30)

    state = scene.state(number)
    assert (state.delivery, state.desk_number, state.desk_status) == ("done", "4711", "created by hand")
    assert scene.server.tickets == []
    actions = [entry.action for entry in scene.desk.workbench.audit_entries(LEAD)]
    assert "ticket_created_by_hand" in actions
    with pytest.raises(ConflictError, match="is done, not failed"):
        scene.desk.dispatch.created_by_hand(failed.delivery_id, "4712", REVIEWER)


def test_only_those_who_decide_may_retry_or_say_that_it_was_made_by_hand(scene: Scene) -> None:
    scene.open_ticket()

    with pytest.raises(ForbiddenError, match="may not"):
        scene.desk.dispatch.retry_all("Zendesk", ANALYST)
    with pytest.raises(ForbiddenError, match="may not"):
        scene.desk.dispatch.created_by_hand("ticket:x", "1", ANALYST)

    assert scene.deliveries() == ["waiting"]


def test_what_was_made_by_hand_needs_a_delivery_and_a_number(scene: Scene) -> None:
    with pytest.raises(UnknownDeliveryError, match="no ticket delivery"):
        scene.desk.dispatch.created_by_hand("ticket:\ud800", "1", REVIEWER)
    with pytest.raises(InvalidDecisionError, match="number"):
        scene.desk.dispatch.created_by_hand("ticket:x", " ", REVIEWER)


def test_what_is_tried_again_by_hand_has_all_its_tries(scene: Scene) -> None:
    scene.misbehave("fails")
    scene.open_ticket()
    scene.pass_time(90)

    scene.desk.dispatch.retry_all("Zendesk", REVIEWER)
    before = len(scene.server.behaviour.asked)
    scene.pass_time(90)

    assert len(scene.server.behaviour.asked) - before == 3
    (failed,) = scene.desk.dispatch.failed()
    assert failed.attempts == 3
