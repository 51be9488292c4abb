"""Signed messages to other programs: webhook-id, webhook-timestamp and webhook-signature over httpx."""

import binascii

import httpx
from pydantic import SecretStr
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from agent.adapters.rest import TIMEOUT_S, RestClient
from agent.errors import ConfigurationError, DeliveryError
from agent.ports.clock import Clock

SHORTEST_SECRET = 24
"""Bytes; the specification asks for 24 to 64."""


class StandardWebhooks:
    """Sends with one secret for all addresses."""

    def __init__(self, secret: SecretStr, clock: Clock, timeout_s: float = TIMEOUT_S) -> None:
        """Raises ConfigurationError if the secret cannot sign."""
        self._webhook = _signer(secret.get_secret_value())
        self._secret = secret
        self._clock = clock
        self._timeout_s = timeout_s
        self._clients: dict[str, RestClient] = {}

    def close(self) -> None:
        """Give the connections back."""
        for client in self._clients.values():
            client.close()

    def send(self, url: str, message_id: str, body: str) -> None:
        """Send once, signed for this moment. Raises DeliveryError; only "410 Gone" is not tried again."""
        now = self._clock.now()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(message_id, now, body),
        }
        name = httpx.URL(url).host
        try:
            self._client(url, name).tell("POST", url, content=body.encode(), headers=headers)
        except DeliveryError as error:
            gone = str(error).startswith(f"{name} answered {httpx.codes.GONE}")
            raise DeliveryError(str(error), again=not gone, rest_s=error.rest_s) from error

    def _client(self, url: str, name: str) -> RestClient:
        if url not in self._clients:
            self._clients[url] = RestClient(
                name=name,
                base_url=url,
                auth=None,
                secret=self._secret.get_secret_value(),
                clock=self._clock,
                timeout_s=self._timeout_s,
            )
        return self._clients[url]


def _signer(secret: str) -> Webhook:
    try:
        signer = Webhook(secret)
    except (binascii.Error, ValueError, EmptyWebhookSecretError):
        signer = None
    if signer is None or len(secret.removeprefix("whsec_").rstrip("=")) * 3 // 4 < SHORTEST_SECRET:
        message = "TRIAGE_WEBHOOK_SECRET has to be base64 of 24 bytes or more. Nothing was started; make another one."
        raise ConfigurationError(message)
    return signer
