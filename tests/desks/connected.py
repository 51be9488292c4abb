"""A desk whose tickets and webhooks go to servers of the test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from agent.adapters.servicenow.desk import ServiceNowDesk
from agent.adapters.zendesk.desk import PER_MINUTE, Plan, ZendeskDesk
from agent.bootstrap import World, open_backoffice
from agent.desk import Desk
from agent.model import DeliveryKind
from agent.pace import TERMS, Terms
from agent.ports.clock import Clock
from agent.ports.help_desk import HelpDesk
from tests.desks import servicenow, zendesk
from tests.desks.receiver import SECRET
from tests.stand_ins import MIND, settings_for

TIMEOUT_S = 0.4

SOON: Mapping[DeliveryKind, Terms] = {
    "ticket": Terms(waits_s=(0.9, 1.8), window_s=60.0),
    "webhook": Terms(waits_s=(0.5, 1.0, 2.0, 2.0, 2.0), window_s=60.0),
}
"""The same steps a hundred times as fast; the first wait is longer than a server is silent."""


@dataclass(frozen=True, kw_only=True)
class Connection:
    """Where a desk's tickets and webhooks go, and under which terms; who is not `known` there is refused."""

    url: str = ""
    kind: Literal["Zendesk", "ServiceNow"] = "Zendesk"
    plan: Plan = "high-volume"
    known: bool = True
    terms: Mapping[DeliveryKind, Terms] = field(default_factory=lambda: TERMS)
    hooks: tuple[str, ...] = ()
    content: bool = False

    def help_desk(self, clock: Clock) -> HelpDesk:
        if self.kind == "Zendesk":
            return ZendeskDesk(
                url=self.url,
                email=zendesk.EMAIL,
                token=zendesk.TOKEN if self.known else "expired-token",
                plan=self.plan,
                clock=clock,
                timeout_s=TIMEOUT_S,
            )
        return ServiceNowDesk(
            url=self.url,
            user=servicenow.USER,
            secret=servicenow.PASSWORD if self.known else "expired-token",
            per_hour=60 * PER_MINUTE["high-volume"],
            clock=clock,
            timeout_s=TIMEOUT_S,
        )


def connected_desk(home: Path, connection: Connection, clock: Clock | None = None) -> Desk:
    """A desk in this home with this connection."""
    hooks = {"webhook_urls": connection.hooks, "webhook_content": connection.content}
    signed = {"webhook_secret": SecretStr(SECRET)} if connection.hooks else {}
    settings = settings_for(home).model_copy(update=hooks | signed)
    help_desk = connection.help_desk if connection.url else None
    world = World(clock=clock, help_desk=help_desk, terms=connection.terms)
    return Desk(open_backoffice(settings, MIND, world), settings)
