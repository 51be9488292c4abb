"""What goes to other systems: tickets for outside desks and webhooks."""

from typing import Literal

from agent.model.value import Value
from agent.model.words import Priority

DeliveryKind = Literal["ticket", "webhook"]
DeliveryStatus = Literal["waiting", "sending", "done", "failed"]
TroubleKind = Literal["refused", "away", "busy"]


class TicketLetter(Value):
    """A ticket as an outside desk gets it. `key` is its external id there: one key, one ticket."""

    key: str
    number: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    subject: str
    body: str
    due_at: str


class DeskTicket(Value):
    """A ticket at an outside desk; `said` is the status in that desk's own word."""

    key: str
    number: str
    url: str
    status: Literal["open", "solved"]
    said: str


class TicketChanges(Value):
    """Our tickets that changed at an outside desk, and where to read on; `more` if there is more to read now."""

    tickets: tuple[DeskTicket, ...]
    bookmark: str
    more: bool = False


class Delivery(Value):
    """Something to bring to another system. `about` is the ticket's key or the review's id; `number` a ticket's own."""

    delivery_id: str
    kind: DeliveryKind
    target: str
    about: str
    thread_id: str
    turn_id: str | None
    body: str
    status: DeliveryStatus
    attempts: int
    created_at: str
    next_at: str
    give_up_at: str | None
    owner: str | None
    error: str | None


class FailedDelivery(Value):
    """What was given up, for a person to look at; `what` names the ticket or the webhook."""

    delivery_id: str
    kind: DeliveryKind
    target: str
    what: str
    about: str
    thread_id: str
    attempts: int
    failed_at: str
    error: str


class EndpointState(Value):
    """How deliveries to another system go: how many wait, were given up, what is wrong and until when it is left alone.

    `look_trouble` is why changes there could not be read the last time.
    """

    target: str
    waiting: int
    failed: int
    oldest_waiting: str | None
    trouble: str | None = None
    trouble_kind: TroubleKind | None = None
    trouble_at: str | None = None
    rest_until: str | None = None
    look_trouble: str | None = None


class TicketState(Value):
    """A ticket of ours as it stands now, here and at the outside desk, if there is one.

    `delivery` is None where tickets stay at this desk.
    """

    number: str
    key: str
    thread_id: str
    kind: Literal["issue", "escalation", "refund"]
    priority: Priority
    status: Literal["open", "solved"]
    subject: str
    due_at: str
    opened_at: str
    closed_at: str | None
    desk: str | None
    desk_number: str | None
    desk_url: str | None
    desk_status: str | None
    delivery: DeliveryStatus | None
    error: str | None
