"""When two names are the same person."""

import unicodedata


def subject_key(subject: str) -> str:
    """The name without case, width and outer or doubled spaces: " Robin " and "robin" are one person."""
    return " ".join(unicodedata.normalize("NFKC", subject).casefold().split())
