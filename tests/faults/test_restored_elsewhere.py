"""What stands outside of a home when an older moment of it is restored: tickets at another desk, the chain's anchor."""

from contextlib import closing
from pathlib import Path

import pytest

from agent import Decision
from agent.archive.door import make_backup, restore_backup
from agent.bootstrap import open_backoffice
from agent.desk import Desk
from agent.settings import Settings
from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer
from tests.desks.servicenow import ServiceNow
from tests.stand_ins import MIND, REVIEWER, settings_for

pytestmark = pytest.mark.sqlite_only


def test_a_ticket_that_was_sent_after_the_backup_is_not_sent_again(tmp_path: Path) -> None:
    server, home = ServiceNow(), tmp_path / "home"
    with AppServer(server.app) as running:
        connection = Connection(url=running.url, kind="ServiceNow")
        with closing(connected_desk(home, connection)) as desk:
            number = desk.chat("my kettle is broken").ticket
            make_backup(settings_for(home), tmp_path / "desk.zip")
            desk.dispatch.deliver()

        restore_backup(settings_for(home), tmp_path / "desk.zip", replace=True)
        with closing(connected_desk(home, connection)) as desk:
            desk.dispatch.deliver()
            ticket = desk.dispatch.ticket(str(number))

    assert [incident["number"] for incident in server.tickets] == ["INC0010001"]
    assert ticket is not None
    assert (ticket.delivery, ticket.desk_number) == ("done", "INC0010001")


def test_an_anchor_kept_elsewhere_goes_back_to_the_moment_of_the_backup(tmp_path: Path) -> None:
    settings, anchor = anchored_elsewhere(tmp_path)
    work(settings, "refund of $7 please")
    make_backup(settings, tmp_path / "desk.zip")
    work(settings, "refund of $8 please")
    later = anchor.read_bytes()

    restore_backup(settings, tmp_path / "desk.zip", replace=True)

    with closing(open_anchored(settings)) as desk:
        assert desk.verify_audit().ok
    make_backup(settings, tmp_path / "next.zip")
    (set_aside,) = anchor.parent.glob("chain.replaced-*")
    assert set_aside.read_bytes() == later


def test_an_anchor_that_the_backup_reaches_stays_as_a_witness(tmp_path: Path) -> None:
    settings, anchor = anchored_elsewhere(tmp_path)
    work(settings, "refund of $7 please")
    make_backup(settings, tmp_path / "desk.zip")
    before = anchor.read_bytes()

    restore_backup(settings, tmp_path / "desk.zip", replace=True)

    assert anchor.read_bytes() == before
    assert not list(anchor.parent.glob("chain.replaced-*"))


def anchored_elsewhere(folder: Path) -> tuple[Settings, Path]:
    anchor = folder / "other disk" / "chain"
    anchor.parent.mkdir()
    return settings_for(folder / "home").model_copy(update={"audit_anchor": anchor}), anchor


def open_anchored(settings: Settings) -> Desk:
    return Desk(open_backoffice(settings, MIND), settings)


def work(settings: Settings, message: str) -> None:
    """Ask for a refund and have it decided."""
    with closing(open_anchored(settings)) as desk:
        paused = desk.chat(message)
        desk.decide(str(paused.review_id), Decision(action="approve"), REVIEWER)
