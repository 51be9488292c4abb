"""Words and marks that speak for themselves: what a mood rests on."""

import re
from collections.abc import Mapping
from types import MappingProxyType

SHOUTING_LETTERS = 8
SHOUTING_SHARE = 0.6


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b({pattern})\b", re.IGNORECASE | re.VERBOSE)


SWEARING = _words(
    r"""
    damn\w* | hell | shit\w* | fuck\w* | crap\w* | bloody | wtf | bullshit | bs | ass(hole)?s? | idiots? | morons?
    | scam(mers?)? | thie(f|ves)
    """
)

SIGNALS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "swearing": SWEARING,
        "mentioned cancellation": _words(
            r"cancel(l?ing|l?ed)?\ my\ (account|membership|subscription|plus) | leaving\ you | switch(ing)?\ to"
        ),
        "raised it before": _words(
            r"""
            (second|third|fourth|2nd|3rd|4th|nth)\ time | again\ and\ again | already\ (wrote|told|asked|contacted)
            | still\ (no|not|nothing|waiting) | keep\ (asking|telling)
            """
        ),
        "legal threat": _words(
            r"lawyer | attorney | solicitor | sue | suing | court | legal\ action | trading\ standards | ombudsman"
        ),
        "waiting for long": _words(r"(\d+|two|three|four|several|many)\ (days|weeks|months|hours)"),
        "thanked us": _words(r"thanks | thank\ you | thx | appreciate | grateful"),
        "asked for urgency": _words(r"asap | urgent(ly)? | immediately | right\ (now|away) | today"),
        "felt let down": _words(
            r"""
            disappoint\w* | disgrace\w* | unacceptable | ridiculous | pathetic | terrible | awful | appalling | worst
            | furious | fed\ up
            """
        ),
    }
)
"""What a reviewer is told that a score rests on; the classifier does not use these names."""


def signals_in(text: str) -> tuple[str, ...]:
    """What in the text speaks of a mood, in words."""
    found = [name for name, pattern in SIGNALS.items() if pattern.search(text)]
    return (*found, "shouting") if is_shouting(text) else tuple(found)


def is_shouting(text: str) -> bool:
    """Whether most letters are capitals, in a text long enough to tell."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= SHOUTING_LETTERS and sum(map(str.isupper, letters)) / len(letters) >= SHOUTING_SHARE
