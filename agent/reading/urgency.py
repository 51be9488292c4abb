"""Words by which customers say that something cannot wait, in the four languages of the shop."""

import re

URGENT = re.compile(
    r"(?<!\bnot\ )(?<!\bno\ es\ )(?<!\bnicht\ )(?<!\bpas\ )"
    r"\b(asap|urgent(ly)?|immediately|right\ (now|away)|emergency|as\ soon\ as\ possible|today"
    r"|urgente(mente)?|cuanto\ antes|inmediatamente|ya\ mismo|lo\ antes\ posible|hoy\ mismo"
    r"|dringend|sofort|eilig|schnellstm(ö|oe)glich|umgehend|heute\ noch"
    r"|d[\'’e]\ ?urgence|imm[eé]diatement|tout\ de\ suite|au\ plus\ vite|d[eè]s\ que\ possible)\b",
    re.IGNORECASE,
)


def is_urgent(text: str) -> bool:
    """Whether the customer says that it is urgent."""
    return URGENT.search(text) is not None
