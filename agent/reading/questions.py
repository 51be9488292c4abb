"""Whether a message asks something, in the four languages of the shop."""

import re

ASKS = re.compile(
    r"\?|^\W*(how|what|when|where|which|who|why|can|could|do|does|is|are|will"
    r"|c[oó]mo|qu[eé]|cu[aá]ndo|cu[aá]nto|d[oó]nde|puedo|hay"
    r"|wie|was|wann|wo|welche[rs]?|kann|gibt|ist"
    r"|comment|combien|quand|o[uù]|quel(le)?s?|est-ce|puis-je)\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether the message asks something."""
    return ASKS.search(text) is not None
