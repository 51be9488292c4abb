"""When two names are the same person."""

import unicodedata
from urllib.parse import urlsplit

UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\ufe0e\ufe0f")
"""Marks without a width that are not in Unicode's classes of controls."""


def subject_key(subject: str) -> str:
    """The name without case, width and outer or doubled spaces: " Robin " and "robin" are one person."""
    composed = unicodedata.normalize("NFKC", subject)
    seen = "".join(char for char in composed if char.isspace() or not _is_unseen(char))
    return " ".join(seen.casefold().split())


def as_spelled(stored: str | None, subject: str) -> str:
    """The spelling that is stored, if it names the same person; else the name itself."""
    return stored if stored is not None and subject_key(stored) == subject_key(subject) else subject


def name_for_customers(subject: str) -> str:
    """How a colleague is named to customers: an e-mail address or an account's id is nobody's business."""
    if subject.startswith("sub:"):
        return "a colleague"
    words = subject.partition("@")[0].replace(".", " ").replace("_", " ").split()
    return " ".join(word.capitalize() for word in words) if "@" in subject and words else subject


def name_of_system(target: str) -> str:
    """Where deliveries go, for the log; of an address only the host, since whoever knows the rest may post there."""
    return f"Webhook {urlsplit(target).hostname}" if "://" in target else target


def _is_unseen(char: str) -> bool:
    return char in UNSEEN or unicodedata.category(char) in {"Cc", "Cf", "Cs"}
