"""When a queue will be empty if people go on as they do."""

HOUR_S = 3600
ENOUGH = 3
"""Fewer decisions than this tell nothing about a pace."""


def clear_in_s(waiting: int, decided: int, opened: int, hours: float) -> int | None:
    """Seconds until nothing waits, at the pace of the last `hours` in which `decided` were decided and `opened` came.

    0 if nothing waits; None if the queue does not get shorter at this pace, or if too few were decided to tell.
    """
    if waiting == 0:
        return 0
    if decided < ENOUGH or decided <= opened:
        return None
    return round(waiting * hours * HOUR_S / (decided - opened))
