"""Whether a message asks something, in the four languages of the shop."""

import re

ASKS = re.compile(
    r"[?\uff1f]|^\W*(how|what|when|where|which|who|why|can|could|do(?!\ (?:it|not)\b)|does|did|is|are|will|should"
    r"|c[oó]mo|qu[eé]|cu[aá]l(?:es)?|cu[aá]ndo|cu[aá]nt[oa]s?|d[oó]nde|por\ qu[eé]|puedo|hay"
    r"|wie|was|wann|warum|wo|welche[rs]?|kann|darf|gibt|ist"
    r"|comment|combien|pourquoi|quand|o[uù]|quel(le)?s?|est-ce|puis-je|peut-on)\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether the message asks something."""
    return ASKS.search(text) is not None
