"""Dispatch: what goes to other systems, and what people do about what did not arrive. Reached as `desk.dispatch`."""

from collections.abc import Sequence

from agent.backoffice import Backoffice
from agent.couriers import Couriers
from agent.model import EndpointState, FailedDelivery, Identity, TicketState
from agent.protocols.deliver import deliver_next, release_dead
from agent.protocols.failed_deliveries import created_by_hand, retry, retry_all
from agent.protocols.follow_tickets import follow_tickets
from agent.store import deliveries, endpoints, tickets


class Dispatch:
    """Tickets at the outside desk, and webhooks."""

    def __init__(self, office: Backoffice) -> None:
        """Nothing is sent before `start`."""
        self._office = office
        self._couriers = Couriers(office)

    def start(self) -> None:
        """Deliver in the background from now on."""
        self._couriers.start()

    def close(self) -> None:
        """Let what is being sent end."""
        self._couriers.close()

    @property
    def desk(self) -> str | None:
        """What the outside ticket desk is called; None where tickets stay here."""
        return self._office.outside.outbox.desk

    def deliver(self) -> int:
        """Send what is due now and may be sent, and read what became of tickets; how much was sent. For commands."""
        release_dead(self._office)
        count = 0
        while deliver_next(self._office):
            count += 1
        follow_tickets(self._office)
        return count

    def endpoints(self) -> list[EndpointState]:
        """Every system that something went to, or should."""
        with self._office.database.read() as connection:
            known = endpoints.all_endpoints(connection)
            counted = deliveries.counts(connection)
        names = sorted({*known, *(target for target, _status in counted), *self._office.outside.paces})
        now = self._office.now()
        return [_state(name, dict(known.get(name, {})), counted, now) for name in names]

    def failed(self, limit: int = 100) -> list[FailedDelivery]:
        """What was given up, the latest first."""
        with self._office.database.read() as connection:
            return deliveries.failed_deliveries(connection, limit=limit)

    def retry(self, delivery_ids: Sequence[str], identity: Identity) -> int:
        """Have these tried anew; how many of them had failed. Raises ForbiddenError."""
        return retry(self._office, delivery_ids, identity)

    def retry_all(self, target: str, identity: Identity) -> int:
        """Have everything tried anew that was given up for this system; how many. Raises ForbiddenError."""
        return retry_all(self._office, target, identity)

    def created_by_hand(self, delivery_id: str, number: str, identity: Identity) -> None:
        """Somebody opened this ticket at the outside desk, under this number; it is not sent any more.

        Raises ForbiddenError, UnknownDeliveryError, InvalidDecisionError, or ConflictError if it did not fail.
        """
        created_by_hand(self._office, delivery_id, number, identity)

    def ticket(self, number: str) -> TicketState | None:
        """A ticket as it stands now, here and at the outside desk; None if there is none."""
        with self._office.database.read() as connection:
            return tickets.ticket_state(connection, number=number)

    def tickets_of(self, thread_id: str) -> Sequence[TicketState]:
        """The tickets of a thread, oldest first."""
        with self._office.database.read() as connection:
            return tickets.states_of(connection, thread_id)


def _state(
    name: str, known: dict[str, str | None], counted: dict[tuple[str, str], tuple[int, str]], now: str
) -> EndpointState:
    waiting = [counted[name, status] for status in ("waiting", "sending") if (name, status) in counted]
    told = {key: known.get(key) for key in ("trouble", "trouble_kind", "trouble_at", "look_trouble")}
    rest_until = known.get("rest_until")
    return EndpointState.model_validate(
        {
            **told,
            "target": name,
            "waiting": sum(count for count, _oldest in waiting),
            "failed": counted.get((name, "failed"), (0, ""))[0],
            "oldest_waiting": min((oldest for _count, oldest in waiting), default=None),
            "rest_until": rest_until if rest_until and rest_until > now else None,
        }
    )
