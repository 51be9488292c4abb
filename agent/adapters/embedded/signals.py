"""Words and marks that speak for themselves: requests for a person, and what a mood rests on."""

import re
from collections.abc import Mapping
from types import MappingProxyType

SHOUTING_LETTERS = 8
SHOUTING_SHARE = 0.6


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b({pattern})\b", re.IGNORECASE | re.VERBOSE)


PERSON = _words(
    r"""
    (talk|speak|chat|connect|transfer|escalate)\b [^.?!]{0,30} \b
        (human|person|agent|operator|representative|rep|manager|supervisor|someone|somebody|advisor|real\ people)
    | (real|live|actual)\ (human|person|agent|operator|people)
    | (human|agent|operator|representative)\ (please|now)
    | hablar\ con\ (una\ persona|un\ humano|un\ agente|alguien) | (agente|persona)\ (humano|humana|real)
    | mit\ (einem\ |einer\ )?(echten\ )?(menschen|mitarbeiter(in)?|person)\ (sprechen|reden)
    | parler\ (à|a|avec)\ (un\ |une\ )?(vraie\ )?(humain|personne|agent|conseiller|quelqu'un)
    """
)
"""Plain requests for a person, in the four languages of the shop; a classifier hears the indirect ones."""

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
