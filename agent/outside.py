"""The systems outside that this desk tells things: put together once by bootstrap."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from agent.model import DeliveryKind
from agent.pace import TERMS, Terms
from agent.ports.help_desk import HelpDesk
from agent.ports.webhooks import WebhookSender
from agent.store.outbox import Outbox

WEBHOOKS_PER_MINUTE = 600


@dataclass(frozen=True, kw_only=True)
class Outside:
    """An outside ticket desk and addresses for webhooks, as far as there are any, and how they are dealt with."""

    desk: HelpDesk | None = None
    webhooks: WebhookSender | None = None
    outbox: Outbox = field(default_factory=Outbox)
    terms: Mapping[DeliveryKind, Terms] = field(default_factory=lambda: TERMS)
    chance: Callable[[], float] = random.random

    @property
    def paces(self) -> dict[str, int]:
        """System → requests a minute, of those that this process can deliver to; tickets come first."""
        desk = {} if self.desk is None else {self.desk.name: self.desk.per_minute}
        return desk | ({} if self.webhooks is None else dict.fromkeys(self.outbox.urls, WEBHOOKS_PER_MINUTE))
