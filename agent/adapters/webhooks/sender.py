"""Signed messages to other programs: webhook-id, webhook-timestamp and webhook-signature over httpx."""

import binascii

import httpx
from pydantic import SecretStr
from standardwebhooks import EmptyWebhookSecretError, Webhook

from agent.adapters.rest import TIMEOUT_S, RestClient
from agent.errors import ConfigurationError, DeliveryError
from agent.ports.clock import Clock

SHORTEST_SECRET = 24
"""Bytes; the specification asks for 24 to 64."""


class StandardWebhooks:
    """Sends with one secret for all addresses."""

    def __init__(self, secret: SecretStr, clock: Clock, timeout_s: float = TIMEOUT_S) -> None:
        """Raises ConfigurationError if the secret cannot sign."""
        try:
            self._webhook = Webhook(secret.get_secret_value())
            if len(secret.get_secret_value().removeprefix("whsec_")) * 3 // 4 < SHORTEST_SECRET:
                raise EmptyWebhookSecretError
        except (binascii.Error, ValueError, EmptyWebhookSecretError) as error:
            message = (
                "TRIAGE_WEBHOOK_SECRET has to be base64 of at least 24 bytes. Nothing was started; make a new one."
            )
            raise ConfigurationError(message) from error
        self._secret = secret
        self._clock = clock
        self._timeout_s = timeout_s

    def send(self, url: str, message_id: str, body: str) -> None:
        """Send once, signed for this moment. Raises DeliveryError; only "410 Gone" is not tried again."""
        now = self._clock.now()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(message_id, now, body),
        }
        client = RestClient(
            name=httpx.URL(url).host,
            base_url=url,
            auth=None,
            secret=self._secret.get_secret_value(),
            clock=self._clock,
            timeout_s=self._timeout_s,
        )
        try:
            client.tell("POST", url, content=body.encode(), headers=headers)
        except DeliveryError as error:
            gone = str(error).startswith(f"{httpx.URL(url).host} answered 410")
            raise DeliveryError(str(error), again=not gone, rest_s=error.rest_s) from error
        finally:
            client.close()
