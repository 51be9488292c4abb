"""What was given up: a person has it tried again, or says that the ticket was made by hand."""

from collections.abc import Sequence

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError, UnknownDeliveryError
from agent.model import Delivery, DeskTicket, Identity
from agent.protocols.authority import DECIDERS, authorise
from agent.state import Json
from agent.store import deliveries, endpoints, events, tickets

NUMBER_CHARS = 64
AT_ONCE = 10_000


def retry(office: Backoffice, chosen: Sequence[str], identity: Identity) -> int:
    """Have these tried anew, with all their tries; how many failed ones there were. Raises ForbiddenError.

    Whatever was wrong with the systems that they go to counts as mended.
    """
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "have deliveries tried again")
        found = [deliveries.find_delivery(connection, one) for one in chosen]
        for target in {one.target for one in found if one is not None}:
            endpoints.rest_no_longer(connection, target)
        count = deliveries.revive(connection, list(chosen), at=office.now())
        if count:
            _note(office, connection, who, "deliveries_retried", {"deliveries": list(chosen)[:100], "count": count})
    office.audit.anchor_head()
    return count


def retry_all(office: Backoffice, target: str, identity: Identity) -> int:
    """Have everything tried anew that was given up for this system; how many. Raises ForbiddenError."""
    with office.database.read() as connection:
        failed = deliveries.failed_deliveries(connection, limit=AT_ONCE, target=target)
    return retry(office, [one.delivery_id for one in failed], identity)


def created_by_hand(office: Backoffice, delivery_id: str, number: str, identity: Identity) -> None:
    """A person opened the ticket at the outside desk, under this number.

    Raises ForbiddenError, UnknownDeliveryError, InvalidDecisionError without a number, or ConflictError if it did not
    fail or is being sent again.
    """
    cleaned = "".join(char for char in number if char.isprintable()).strip()
    if not cleaned or len(cleaned) > NUMBER_CHARS:
        message = f"A ticket made by hand has a number of at most {NUMBER_CHARS} characters; nothing was changed."
        raise InvalidDecisionError(message)
    at = office.now()
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "say that tickets were made by hand")
        delivery = _failed_ticket(connection, delivery_id)
        deliveries.finish(connection, delivery, at=at)
        made = DeskTicket(key=delivery.about, number=cleaned, url="", status="open", said=tickets.BY_HAND)
        tickets.note_desk_ticket(connection, made, at=at)
        told = {"desk": delivery.target, "desk_number": cleaned, "by": who.subject}
        event = events.NewEvent(
            thread_id=delivery.thread_id, turn_id=delivery.turn_id, type="TICKET_DELIVERED", at=at, payload=told
        )
        events.add_events(connection, [event])
        _note(office, connection, who, "ticket_created_by_hand", {"delivery": delivery_id, "number": cleaned})
    office.audit.anchor_head()


def _failed_ticket(connection: Connection, delivery_id: str) -> Delivery:
    delivery = deliveries.find_delivery(connection, delivery_id) if delivery_id.isprintable() else None
    if delivery is None or delivery.kind != "ticket":
        message = f"There is no ticket delivery {delivery_id[:80]!a}; nothing was changed. `tickets list` shows them."
        raise UnknownDeliveryError(message)
    if delivery.status != "failed":
        message = f"Delivery {delivery_id} is {delivery.status}, not failed; nothing was changed. Load the list again."
        raise ConflictError(message)
    return delivery


def _note(office: Backoffice, connection: Connection, who: Identity, action: str, detail: Json) -> None:
    office.audit.append(
        connection, identity=who, action=action, at=office.now(), thread_id=None, review_id=None, detail=detail
    )
