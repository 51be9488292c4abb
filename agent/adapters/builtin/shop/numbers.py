"""Order numbers."""

import re


def canonical_number(written: str) -> str:
    """The order number as the shop writes it: LF- and the digits."""
    digits = re.sub(r"\D", "", written)
    return f"LF-{digits}"
