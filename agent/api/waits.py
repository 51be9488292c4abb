"""How long the interface waits for what, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Waits:
    """The waits of one application."""

    heartbeat_s: float = 15.0
    """How often a quiet stream says that it is still there, and is asked whether its credential still stands."""

    idle_s: float = 1.0
    """How long a stream waits for events before it looks whether it may go on."""

    send_s: float = 10.0
    """Who does not take an event for this long is cut off; the next connection goes on where this one ended."""

    keys_again_s: float = 30.0
    """An unknown key id makes the issuer's keys be fetched again, but not more often than this."""


USUAL = Waits()
