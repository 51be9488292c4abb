"""The systems that tickets and webhooks go to."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from pydantic import SecretStr

from agent.model import DeliveryKind
from agent.outside import Outside
from agent.pace import TERMS, Terms
from agent.ports.clock import Clock
from agent.ports.help_desk import HelpDesk
from agent.ports.payments import Payments
from agent.settings import Settings
from agent.store.outbox import Outbox


@dataclass(frozen=True, kw_only=True)
class World:
    """The outside world of one desk, where it differs from the defaults."""

    clock: Clock | None = None
    payments: Callable[[Clock], Payments] | None = None
    help_desk: Callable[[Clock], HelpDesk] | None = None
    terms: Mapping[DeliveryKind, Terms] = field(default_factory=lambda: TERMS)


def open_outside(settings: Settings, clock: Clock, world: World, files: ExitStack) -> Outside:
    """The systems that tickets and webhooks go to; raises ConfigurationError. Nothing is sent."""
    desk = world.help_desk(clock) if world.help_desk else _help_desk(settings, clock)
    webhooks = None
    if desk is not None:
        files.enter_context(closing(desk))
    if settings.webhook_urls and settings.webhook_secret:
        from agent.adapters.webhooks.sender import StandardWebhooks  # noqa: PLC0415  as below

        webhooks = files.enter_context(closing(StandardWebhooks(settings.webhook_secret, clock)))
    outbox = Outbox(desk=desk.name if desk else None, urls=settings.webhook_urls, with_content=settings.webhook_content)
    return Outside(desk=desk, webhooks=webhooks, outbox=outbox, terms=world.terms)


def _help_desk(settings: Settings, clock: Clock) -> HelpDesk | None:
    # httpx takes a tenth of a second, which a command without an outside desk need not wait for
    if settings.tickets == "zendesk" and settings.zendesk_token:
        from agent.adapters.zendesk.desk import ZendeskDesk  # noqa: PLC0415

        return ZendeskDesk(
            url=settings.zendesk_url,
            email=settings.zendesk_email,
            token=settings.zendesk_token.get_secret_value(),
            plan=settings.zendesk_plan,
            clock=clock,
        )
    if settings.tickets == "servicenow":
        from agent.adapters.servicenow.desk import ServiceNowDesk  # noqa: PLC0415

        secret = settings.servicenow_token or settings.servicenow_password or SecretStr("")
        return ServiceNowDesk(
            url=settings.servicenow_url,
            user="" if settings.servicenow_token else settings.servicenow_user,
            secret=secret.get_secret_value(),
            per_hour=settings.servicenow_per_hour,
            clock=clock,
        )
    return None
