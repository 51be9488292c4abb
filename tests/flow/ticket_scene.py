"""A desk whose tickets go to a server of the test, under a clock that is moved by hand."""

from dataclasses import dataclass, field
from datetime import timedelta

from agent.desk import Desk
from agent.model import DeliveryStatus, TicketState
from tests.desks.server import Whim
from tests.desks.zendesk import Zendesk
from tests.stand_ins import HandClock


@dataclass
class Scene:
    """A desk here, a server there, and a clock for the desk."""

    desk: Desk
    server: Zendesk
    url: str
    clock: HandClock
    opened: list[str] = field(default_factory=list)

    def open_ticket(self, text: str = "my kettle is broken") -> str:
        """Write as a customer; the number that they are told."""
        number = self.desk.chat(text).ticket
        assert number is not None
        self.opened.append(number)
        return number

    def misbehave(self, *whims: Whim) -> None:
        """One after the other, the last one for good."""
        left = list(whims)
        self.server.behaviour.mood = lambda _request: left.pop(0) if len(left) > 1 else left[0]

    def pass_time(self, seconds: float) -> None:
        """In steps of a second, delivering all the while."""
        for _second in range(int(seconds)):
            self.desk.dispatch.deliver()
            self.clock.advance(timedelta(seconds=1))
        self.desk.dispatch.deliver()

    def state(self, number: str) -> TicketState:
        """How far it is."""
        found = self.desk.dispatch.ticket(number)
        assert found is not None
        return found

    def deliveries(self) -> list[DeliveryStatus | None]:
        """How far each of them is."""
        return [self.state(number).delivery for number in self.opened]

    def events(self, number: str) -> list[str]:
        """What its thread tells of the ticket."""
        return [event.type for event in self.desk.events(self.state(number).thread_id) if "TICKET" in event.type]

    @property
    def posts(self) -> int:
        """How often a ticket was sent."""
        return sum(method == "POST" for _at, method, _path in self.server.behaviour.asked)
