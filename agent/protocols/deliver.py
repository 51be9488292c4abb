"""Deliver: bring what lies in the outbox to other systems, once. Any thread of any process may do it.

A try is counted before it is made. One that may have arrived is looked for before it is made again. The pace of a
system and its rests after trouble are held in the database, for all processes together.
"""

import json
import logging

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import DeliveryError
from agent.model import Delivery, DeskTicket, EventType, TicketLetter
from agent.names import name_of_system
from agent.pace import AWAY_AFTER, AWAY_REST_S, LONGEST_REST_S, REFUSED_REST_S, free_again
from agent.protocols.follow_tickets import note_change
from agent.protocols.tell import tell_ticket
from agent.state import Json
from agent.store import deliveries, endpoints, events, tickets
from agent.timestamps import after_s

logger = logging.getLogger(__name__)

BATCH = 100


def deliver_next(office: Backoffice) -> bool:
    """Send one thing that is due; False if there is none, or none may be sent now."""
    since = office.now()
    delivery = _claim(office)
    if delivery is None:
        return False
    try:
        found = _send(office, delivery)
    except DeliveryError as error:
        _note_failure(office, delivery, error, since)
    except Exception as error:
        logger.exception("Delivery %s failed", delivery.delivery_id)
        _note_failure(office, delivery, DeliveryError(f"{type(error).__name__}: {error}", again=True), since)
    else:
        _note_arrival(office, delivery, found, since)
    return True


def is_due(office: Backoffice) -> bool:
    """Whether something waits that this process could send, were it allowed to by pace and rests."""
    with office.database.read() as connection:
        return any(target in office.outside.paces for target in deliveries.due_targets(connection, now=office.now()))


def release_dead(office: Backoffice) -> int:
    """Take back what processes were sending that have ended; how many."""
    with office.database.read() as connection:
        dead = office.presence.dead(deliveries.owners(connection))
    if not dead:
        return 0
    with office.database.write() as connection:
        return deliveries.release(connection, dead, now=office.now())


def _claim(office: Backoffice) -> Delivery | None:
    if not is_due(office):
        return None
    with office.database.write() as connection:
        # what this very thread left behind, as it could not note the end of it
        deliveries.release(connection, [office.presence.owner()], now=office.now())
        for target, pace in office.outside.paces.items():
            claimed = _claim_for(office, connection, target, pace)
            if claimed is not None:
                return claimed
    return None


def _claim_for(office: Backoffice, connection: Connection, target: str, per_minute: int) -> Delivery | None:
    now = office.now()
    if deliveries.next_due(connection, target, now=now) is None:
        return None
    state = endpoints.endpoint(connection, target)  # from here on this system is ours until the transaction ends
    delivery = deliveries.next_due(connection, target, now=now)
    if delivery is None:
        return None
    if (state["rest_until"] or "") > now:
        if state["trouble_kind"] == "refused":
            _refuse_all(office, connection, target, f"Not sent: {state['trouble']}")
        return None
    looks_first = delivery.kind == "ticket" and _may_have_arrived(delivery, delivery.attempts)
    may, free_at = free_again(state["free_at"], now, per_minute=per_minute, requests=2 if looks_first else 1)
    if not may:
        return None
    # a system that is away gets one try at a time: the next one only after a rest, unless this one arrives
    rest_until = after_s(now, AWAY_REST_S) if state["failures"] >= AWAY_AFTER else None
    endpoints.reserve(connection, target, free_at=free_at, rest_until=rest_until)
    give_up_at = delivery.give_up_at or after_s(now, office.outside.terms[delivery.kind].window_s)
    return deliveries.claim(connection, delivery, owner=office.presence.owner(), give_up_at=give_up_at)


def _refuse_all(office: Backoffice, connection: Connection, target: str, why: str) -> None:
    """Nothing is taken from us there: a person has to know now, and asking again would only be noise."""
    count = 0
    while count < BATCH and (delivery := deliveries.next_due(connection, target, now=office.now())) is not None:
        _give_up(office, connection, delivery, why)
        count += 1
    logger.warning("%d for %s were given up. %s", count, name_of_system(target), why)  # one line, not one for each


def _send(office: Backoffice, delivery: Delivery) -> DeskTicket | None:
    desk, webhooks = office.outside.desk, office.outside.webhooks
    if delivery.kind == "webhook":
        if webhooks is not None:
            webhooks.send(delivery.target, delivery.delivery_id, delivery.body)
        return None
    if desk is None:
        return None
    found = desk.find(delivery.about) if _may_have_arrived(delivery, delivery.attempts - 1) else None
    return found or desk.create(TicketLetter.model_validate(json.loads(delivery.body)))


def _may_have_arrived(delivery: Delivery, tries: int) -> bool:
    """Whether it was tried before, even if nobody heard of it: counted, or given up and tried anew."""
    return tries > 0 or delivery.error is not None


def _note_arrival(office: Backoffice, delivery: Delivery, found: DeskTicket | None, since: str) -> None:
    at = office.now()
    with office.database.write() as connection:
        _note_well(connection, delivery.target, since)
        if not deliveries.finish(connection, delivery, at=at) or found is None:
            return
        note_change(office, connection, found)
        ticket = tickets.ticket_state(connection, key=delivery.about)  # whoever follows may have found an older one
        number, url = (ticket.desk_number, ticket.desk_url) if ticket is not None else (found.number, found.url)
        told = {"desk": delivery.target, "desk_number": number, "url": url}
        _note(connection, delivery, "TICKET_DELIVERED", told, at)
        office.meters.count_ticket("delivered")


def _note_failure(office: Backoffice, delivery: Delivery, error: DeliveryError, since: str) -> None:
    at = office.now()
    with office.database.write() as connection:
        before = endpoints.endpoint(connection, delivery.target)["trouble_kind"]
        rest_until = _note_trouble(connection, delivery.target, error, at, since)
        away = endpoints.endpoint(connection, delivery.target)["trouble_kind"] == "away"
        if away and before != "away":
            name = name_of_system(delivery.target)
            logger.warning("%s is away: %s The next line about this comes when it is back.", name, error)
        wait_s = office.outside.terms[delivery.kind].wait_s(delivery.attempts, office.outside.chance())
        give_up_at = delivery.give_up_at
        if give_up_at is not None and error.rest_s is not None:
            give_up_at = after_s(give_up_at, min(error.rest_s, LONGEST_REST_S))  # a wait that they ask for is theirs
        last_moment = give_up_at or at
        if not error.again or wait_s is None or at >= last_moment:
            if not away:  # then all that is given up has one reason, which was told
                name = name_of_system(delivery.target)
                logger.warning("Given up: %s for %s: %s", delivery.delivery_id, name, error)
            _give_up(office, connection, delivery, str(error))
        else:
            until = max(min(after_s(at, wait_s), last_moment), rest_until or "")
            deliveries.put_off(connection, delivery, until=until, give_up_at=give_up_at, error=str(error))


def _note_trouble(connection: Connection, target: str, error: DeliveryError, at: str, since: str) -> str | None:
    """Keep what is wrong with the system; until when it is left alone, if it is."""
    failures = int(endpoints.endpoint(connection, target)["failures"])
    words = str(error)
    if error.refused:
        rest_until = after_s(at, REFUSED_REST_S)
        endpoints.note_trouble(
            connection, target, failures=failures, rest_until=rest_until, trouble=words, kind="refused", at=at
        )
    elif error.rest_s is not None:
        rest_until = after_s(at, min(error.rest_s, LONGEST_REST_S))
        endpoints.note_trouble(
            connection, target, failures=failures, rest_until=rest_until, trouble=words, kind="busy", at=at
        )
    elif error.again:
        away = failures + 1 >= AWAY_AFTER
        rest_until = after_s(at, AWAY_REST_S) if away else ""
        endpoints.note_trouble(
            connection,
            target,
            failures=failures + 1,
            rest_until=rest_until or None,
            trouble=words,
            kind="away" if away else None,
            at=at,
        )
    else:
        _note_well(connection, target, since)  # it only does not want this one
        return None
    return rest_until or None


def _note_well(connection: Connection, target: str, since: str) -> None:
    if endpoints.note_well(connection, target, since=since) in {"away", "refused"}:
        logger.warning("%s takes deliveries again", name_of_system(target))


def _give_up(office: Backoffice, connection: Connection, delivery: Delivery, why: str) -> None:
    at = office.now()
    if not deliveries.give_up(connection, delivery, error=why, at=at):
        return
    if delivery.kind == "ticket":
        number = json.loads(delivery.body)["number"]
        _note(connection, delivery, "TICKET_FAILED", {"number": number, "desk": delivery.target, "message": why}, at)
        tell_ticket(office, connection, "failed", delivery.about, at=at)
        office.meters.count_ticket("failed")


def _note(connection: Connection, delivery: Delivery, kind: EventType, told: Json, at: str) -> None:
    event = events.NewEvent(thread_id=delivery.thread_id, turn_id=delivery.turn_id, type=kind, at=at, payload=told)
    events.add_events(connection, [event])
