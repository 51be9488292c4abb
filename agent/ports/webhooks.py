"""Telling other programs what happened."""

from typing import Protocol


class WebhookSender(Protocol):
    """Sends signed messages to an address."""

    def close(self) -> None:
        """Give the connections back."""
        ...

    def send(self, url: str, message_id: str, body: str) -> None:
        """Send once; the same `message_id` each time, so that the receiver can drop repeats. Raises DeliveryError."""
        ...
