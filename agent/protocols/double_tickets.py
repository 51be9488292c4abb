"""Doubles: one ticket of ours that an outside desk has twice.

A desk that takes no key with a request may carry out one that we gave up long after we looked for its ticket, found
none, and sent it again. Whoever follows the tickets sees both. The oldest is ours from then on, and people are told
which one to close: a program cannot know who has begun to work on it.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.model import DeskTicket, TicketState
from agent.ports.help_desk import HelpDesk
from agent.store import events, tickets
from agent.store.tickets import BY_HAND

logger = logging.getLogger(__name__)


def doubled(office: Backoffice, found: Sequence[DeskTicket]) -> list[str]:
    """The keys of those that are open there under another number than the one we know."""
    with office.database.read() as connection:
        return sorted({one.key for one in found if _is_double(tickets.ticket_state(connection, key=one.key), one)})


def settle_double(office: Backoffice, connection: Connection, desk: HelpDesk, found: DeskTicket) -> bool:
    """Whether this is another one than the ticket that we follow; then that is told once, and nothing else changes."""
    ours = tickets.ticket_state(connection, key=found.key)
    if ours is None or _same(ours.desk_number, found.number):
        return False
    if _is_double(ours, found):
        _tell(office, connection, desk.name, ours, found.number)
    return True


def follow_oldest(office: Backoffice, connection: Connection, desk: HelpDesk, oldest: DeskTicket) -> None:
    """Make the oldest of several the one that is ours, unless a person said which one it is, or it is over."""
    ours = tickets.ticket_state(connection, key=oldest.key)
    if ours is None or not _is_double(ours, oldest) or ours.status != "open" or ours.desk_status == BY_HAND:
        return
    before = str(ours.desk_number)
    tickets.follow_instead(connection, oldest)
    _tell(office, connection, desk.name, ours.model_copy(update={"desk_number": oldest.number}), before)


def _is_double(ours: TicketState | None, found: DeskTicket) -> bool:
    """Whether somebody may work on it beside the one that is ours; one that is closed there bothers nobody."""
    return ours is not None and not _same(ours.desk_number, found.number) and found.status == "open"


def _same(known: str | None, number: str) -> bool:
    """Whether a number is the one that we know, which a person may have typed; the first one always is."""
    return known is None or _plain(known) == _plain(number)


def _plain(number: str) -> str:
    return "".join(char for char in number if char.isalnum()).casefold()


def _tell(office: Backoffice, connection: Connection, desk: str, ours: TicketState, double: str) -> None:
    told = {"step": "ticket", "double": double}
    if events.latest_telling(connection, ours.thread_id, "ERROR", told) is not None:
        return
    message = (
        f"{desk} has ticket {ours.number} twice: {ours.desk_number} is followed here. Close {double} there, and let "
        f"whoever works on it go on in {ours.desk_number}."
    )
    logger.warning(message)
    told |= {"message": message, "done_by": f"{desk} {ours.desk_number}"}
    event = events.NewEvent(thread_id=ours.thread_id, turn_id=None, type="ERROR", at=office.now(), payload=told)
    events.add_events(connection, [event])
