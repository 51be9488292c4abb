"""Follow: read what became of our tickets at the outside desk, once a minute for all processes together."""

import logging
from datetime import timedelta

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import DeliveryError
from agent.model import DeskTicket, TicketChanges
from agent.pace import LONGEST_REST_S, free_again
from agent.ports.help_desk import HelpDesk
from agent.protocols.double_tickets import doubled, follow_oldest, settle_double
from agent.protocols.tell import tell_ticket
from agent.store import endpoints, events, tickets
from agent.timestamps import after_s, later

logger = logging.getLogger(__name__)

EVERY = timedelta(seconds=60)
PAGES = 5
"""Most answers that are read in one minute; what is left is read in the next."""

BEFORE = timedelta(minutes=5)
"""How long before the oldest open ticket the first look begins: clocks differ."""


def follow_tickets(office: Backoffice) -> int:
    """How many of our tickets were solved there since the last look; 0 if it is not time, or nothing is open there."""
    desk = office.outside.desk
    if desk is None:
        return 0
    with office.database.read() as connection:
        since = tickets.oldest_open(connection, desk.name)
    if since is None or not _take_look(office, desk.name):
        return 0
    solved = 0
    for _page in range(PAGES):
        found, more = _read_page(office, desk, since)
        solved += found
        if not more:
            break
    return solved


def _read_page(office: Backoffice, desk: HelpDesk, since: str) -> tuple[int, bool]:
    """How many tickets one answer told to be solved, and whether there is more to read now."""
    may, bookmark = _take_page(office, desk.name)
    if not may:
        return 0, False
    try:
        changes = desk.changed(bookmark, later(since, -BEFORE))
        oldest = _oldest_of_doubles(office, desk, changes)
    except DeliveryError as error:
        _note_failed_look(office, desk.name, error)
        return 0, False
    if oldest is None:
        return 0, False  # the same page again, next time
    with office.database.write() as connection:
        for one in oldest:
            follow_oldest(office, connection, desk, one)
        solved = sum(note_change(office, connection, one) for one in (*changes.tickets, *oldest))
        if endpoints.note_look(connection, desk.name, bookmark=changes.bookmark):
            logger.warning("What became of tickets at %s is read again", desk.name)
    return solved, changes.more


def note_change(office: Backoffice, connection: Connection, found: DeskTicket) -> bool:
    """Keep what the outside desk says of a ticket, if it is ours; True if it was just solved there.

    A second one there that stands for the same ticket of ours is told to people, and what becomes of it is not ours.
    """
    at = office.now()
    desk = office.outside.desk
    if desk is not None and settle_double(office, connection, desk, found):
        return False
    if not tickets.note_desk_ticket(connection, found, at=at):
        return False
    ticket = tickets.ticket_state(connection, key=found.key)
    if ticket is None:
        return False
    told = {"number": ticket.number, "desk": ticket.desk, "desk_number": found.number, "status": found.said}
    closed = events.NewEvent(thread_id=ticket.thread_id, turn_id=None, type="TICKET_CLOSED", at=at, payload=told)
    events.add_events(connection, [closed])
    tell_ticket(office, connection, "closed", found.key, at=at)
    office.meters.count_ticket("closed")
    return True


def _oldest_of_doubles(office: Backoffice, desk: HelpDesk, changes: TicketChanges) -> list[DeskTicket] | None:
    """Of those that the desk has more than once, the oldest; None if it may not be asked so soon."""
    oldest = []
    for key in doubled(office, changes.tickets):
        may, _bookmark = _take_page(office, desk.name)
        if not may:
            return None
        oldest.append(desk.find(key))
    return [one for one in oldest if one is not None]


def _take_look(office: Backoffice, target: str) -> bool:
    """Whether it is this process that looks now: the last look is a minute ago."""
    now = office.now()
    with office.database.write() as connection:
        return endpoints.take_look(connection, target, before=later(now, -EVERY), at=now)


def _take_page(office: Backoffice, target: str) -> tuple[bool, str | None]:
    """Whether a request may go out now, by pace and rests, and from where to read on."""
    now = office.now()
    with office.database.write() as connection:
        state = endpoints.endpoint(connection, target)
        may, free_at = free_again(state["free_at"], now, per_minute=office.outside.paces[target], requests=1)
        if not may or (state["rest_until"] or "") > now:
            return False, None
        endpoints.reserve(connection, target, free_at=free_at, rest_until=state["rest_until"])
        return True, state["bookmark"]


def _note_failed_look(office: Backoffice, target: str, error: DeliveryError) -> None:
    looked_at = after_s(office.now(), min(error.rest_s or 0.0, LONGEST_REST_S))
    # an answer that is final may mean that the bookmark is too old
    begins_anew = not error.again and not error.refused
    with office.database.write() as connection:
        begins = endpoints.note_failed_look(
            connection, target, trouble=str(error), looked_at=looked_at, begins_anew=begins_anew
        )
    if begins:
        logger.warning("What became of tickets was not read; it is tried every minute: %s", error)
