"""How long-running preparation tells where it is."""

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the share done, 0..1, and what is being done."""


def ignore(_share: float, _doing: str) -> None:
    """Nobody watches."""
