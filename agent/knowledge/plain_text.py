"""The text inside other people's files, made safe to show and to search."""

import codecs
import re
import unicodedata

from agent.errors import DeskError

NAME_CHARS = 60
"""Longest slug of a title."""

TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
SPACE = re.compile(r"\s+")
KEPT_CONTROLS = {"\n", "\t"}


class UnreadableError(DeskError):
    """A file that no article can be made of; the message says why in a few words."""


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 with a mark at its beginning; raises UnreadableError for anything else."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"its encoding is broken or not UTF-8 (byte {error.start})"
        raise UnreadableError(message) from error
    if "\0" in text:
        message = "it is not a text"
        raise UnreadableError(message)
    return text


def clean_text(text: str) -> str:
    """Without control characters and marks that cannot be seen, with plain line ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = {ord(char) for char in set(plain) - KEPT_CONTROLS if _is_control(char)}
    return plain.translate(dict.fromkeys(unseen)).strip()


def clean_line(text: str, longest: int) -> str:
    """One line of plain words: no tags, no control characters, no angle brackets, at most so long."""
    bare = TAG.sub(" ", clean_text(text)).replace("<", " ").replace(">", " ")
    return SPACE.sub(" ", bare).strip()[:longest].strip()


def slug(text: str) -> str:
    """The text as an article's id: small letters, digits and hyphens; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:NAME_CHARS].strip("-")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}
