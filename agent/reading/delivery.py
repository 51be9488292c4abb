"""Which way of delivery a message asks for."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from agent.model import DeliveryOption

OPTIONS: Mapping[DeliveryOption, re.Pattern[str]] = MappingProxyType(
    {
        "pick-up point": re.compile(
            r"pick[\s-]?up|\blocker|parcel shop|collect(ion)? point|collect it|punto de (?:recogida|retiro)|recoger|"
            r"paketshop|packstation|abhol\w*|point relais|retrait|consigne",
            re.IGNORECASE,
        ),
        "express": re.compile(
            r"\bexpress(?!i[ov]|e[ds]\b|ing)|expr[eé]so?\b|expedit\w*|next[\s-]day|overnight|faster|quicker|\brush|"
            r"m[aá]s r[aá]pido|schneller|plus (vite|rapide)",
            re.IGNORECASE,
        ),
        "standard": re.compile(r"\b(standard\w*|normal|regular|ordinary|est[aá]ndar|economy|slower)\b", re.IGNORECASE),
    }
)
UNWANTED = re.compile(
    r"\b(?:instead of|rather than|not|no|without|than|en lugar de|en vez de|(?:an)?statt|nicht|keine?n?|als|"
    r"au lieu d[eu]|pas|que)(?:\s+(?:a|the|by|via|per|as|el|la|der|die|das|den|le|en|mit|de))?\s+$",
    re.IGNORECASE,
)
"""What is said right before an option that is given up."""
NEAR = 30
"""Characters before an option in which that is looked for."""


def find_delivery(text: str) -> DeliveryOption | None:
    """The wanted option that is named last, since people say "from express to standard"; None if none is."""
    wanted = [
        (match.start(), option)
        for option, pattern in OPTIONS.items()
        for match in pattern.finditer(text)
        if not UNWANTED.search(text, max(0, match.start() - NEAR), match.start())
    ]
    return max(wanted)[1] if wanted else None
