"""Plain requests to deal with a human being."""

import re

PERSON = re.compile(
    r"""
    \b(
    (talk|speak|chat|connect|transfer|escalate)\b [^.?!]{0,30} \b
        (human|person|agent|operator|representative|rep|manager|supervisor|someone|somebody|advisor|real\ people)
    | (real|live|actual)\ (human|person|agent|operator|people)
    | (human|agent|operator|representative)\ (please|now)
    | hablar\ con\ (una\ persona|un\ humano|un\ agente|alguien) | (agente|persona)\ (humano|humana|real)
    | mit\ (einem\ |einer\ )?(echten\ )?(menschen|mitarbeiter(in)?|person)\ (sprechen|reden)
    | parler\ (à|a|avec)\ (un\ |une\ )?(vraie\ )?(humain|personne|agent|conseiller|quelqu'un)
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""In the four languages of the shop; the indirect requests are left to the engines."""
