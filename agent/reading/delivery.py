"""Which way of delivery a message asks for."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from agent.model import DeliveryOption

OPTIONS: Mapping[DeliveryOption, re.Pattern[str]] = MappingProxyType(
    {
        "pick-up point": re.compile(
            r"pick[\s-]?up|locker|parcel shop|collect(ion)? point|collect it|punto de (?:recogida|retiro)|recoger|paketshop|packstation|"
            r"abhol\w*|point relais|retrait|consigne",
            re.IGNORECASE,
        ),
        "express": re.compile(
            r"express|expr[eé]s\w*|expedit\w*|next[\s-]day|overnight|faster|quicker|rush|m[aá]s r[aá]pido|schneller|plus (vite|rapide)",
            re.IGNORECASE,
        ),
        "standard": re.compile(r"\b(standard\w*|normal|regular|ordinary|est[aá]ndar|economy|slower)\b", re.IGNORECASE),
    }
)


def find_delivery(text: str) -> DeliveryOption | None:
    """The option that is named last, since people say "from express to standard"; None if none is."""
    named = [(match.start(), option) for option, pattern in OPTIONS.items() for match in pattern.finditer(text)]
    return max(named)[1] if named else None
