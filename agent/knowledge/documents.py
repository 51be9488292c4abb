"""Files of other people's making, as articles: Markdown, HTML, PDF and plain text."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from agent.errors import DeskError
from agent.knowledge.sections import HEADING, HELP_ARTICLE
from agent.model import Value
from agent.ports.progress import Progress, ignore

MAX_BYTES = 50 * 1024 * 1024
"""Larger files are refused before they are read."""

TITLE_CHARS = 200
WORD_CHARS = 60
"""Longest name of an area, a kind or a tag."""

HEAD_LINES = 40
TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
SPACE = re.compile(r"\s+")
KEPT_CONTROLS = {"\n", "\t"}


class UnreadableError(DeskError):
    """A file that no article can be made of; the message says why in a few words."""


class Document(Value):
    """What a file says. `notes` tell what was taken otherwise than written; `article_id` is the head's, "" if none."""

    title: str
    text: str
    area: str = ""
    kind: str = HELP_ARTICLE
    tags: tuple[str, ...] = ()
    updated: str = ""
    article_id: str = ""
    notes: tuple[str, ...] = ()


class Read(NamedTuple):
    """What a reader of one kind of file found; the title is "" where there is none."""

    title: str
    text: str
    head: Mapping[str, str] = MappingProxyType({})


def read_document(name: str, content: bytes, progress: Progress = ignore) -> Document:
    """The file as a document; raises UnreadableError with the reason."""
    kind = PurePath(name).suffix.lower()
    if kind not in READERS:
        message = f"files of the kind {kind or 'without an ending'} are not read"
        raise UnreadableError(message)
    if len(content) > MAX_BYTES:
        raise UnreadableError(too_large(len(content)))
    try:
        found = READERS[kind](content, progress)
    except RecursionError as error:
        message = "its parts are nested too deeply"
        raise UnreadableError(message) from error
    text = clean_text(found.text)
    if not any(char.isalnum() for char in text):
        message = "it has no text" + (" (a scan has to go through text recognition first)" if kind == ".pdf" else "")
        raise UnreadableError(message)
    title = clean_line(found.title, TITLE_CHARS)
    notes = () if title else ("it has no title, so it goes by its file's name",)
    return Document(title=title or _title_of(name), text=text, notes=notes, **_from_head(found.head, kind))


def too_large(size: int) -> str:
    """Why a file of this size is not read."""
    return f"it has {size / 1024 / 1024:.0f} MB, more than {MAX_BYTES // 1024 // 1024}"


def is_readable_kind(name: str) -> bool:
    """Whether files with this ending are read at all."""
    return PurePath(name).suffix.lower() in READERS


def sha256_of(content: bytes) -> str:
    """The digest by which a changed file is told."""
    return hashlib.sha256(content).hexdigest()


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
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:WORD_CHARS].strip("-")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}


def _title_of(name: str) -> str:
    words = re.sub(r"[-_]+", " ", PurePath(name).stem)
    return clean_line(words, TITLE_CHARS).capitalize() or "Untitled"


def _from_head(head: Mapping[str, str], kind: str) -> dict[str, object]:
    tags = (clean_line(tag, WORD_CHARS) for tag in head.get("tags", "").strip("[]").split(","))
    default_kind = "document" if kind == ".pdf" else HELP_ARTICLE
    return {
        "area": clean_line(head.get("area") or head.get("category", ""), WORD_CHARS),
        "kind": clean_line(head.get("kind", ""), WORD_CHARS) or default_kind,
        "tags": tuple(tag for tag in tags if tag),
        "updated": _day(head.get("updated") or head.get("date", "")),
        "article_id": slug(head.get("id", "")),
    }


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written.strip()[:10]).isoformat()
    except ValueError:
        return ""


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


def _read_text(content: bytes, _progress: Progress) -> Read:
    return Read("", decoded(content))


def _read_markdown(content: bytes, _progress: Progress) -> Read:
    """The head between lines of `---` is used where there is one; its title counts more than the first heading."""
    head, text = _head_of(decoded(content).replace("\r\n", "\n"))
    for line in text.splitlines():
        if found := HEADING.fullmatch(line):
            written = head.get("title") or found["text"]
            is_repeated = clean_line(found["text"], TITLE_CHARS) == clean_line(written, TITLE_CHARS)
            return Read(written, text.replace(line, "", 1) if is_repeated else text, head)
    return Read(head.get("title", ""), text, head)


def _head_of(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:HEAD_LINES], start=1):
        if line.strip() == "---":
            return head, "\n".join(lines[number + 1 :])
        key, colon, value = line.partition(":")
        if colon:
            head[key.strip().lower()] = value.strip().strip("\"'")
    return {}, text


def _read_html(content: bytes, _progress: Progress) -> Read:
    from agent.knowledge.web_pages import read_html  # noqa: PLC0415  only where such a file is taken in

    title, text = read_html(content)
    return Read(title, text)


def _read_pdf(content: bytes, progress: Progress) -> Read:
    from agent.knowledge.pdf_files import read_pdf  # noqa: PLC0415  a fifth of a second, only where it is needed

    title, text = read_pdf(content, progress)
    return Read(title, text)


READERS: Mapping[str, Callable[[bytes, Progress], Read]] = MappingProxyType(
    {
        ".md": _read_markdown,
        ".markdown": _read_markdown,
        ".html": _read_html,
        ".htm": _read_html,
        ".pdf": _read_pdf,
        ".txt": _read_text,
        ".text": _read_text,
    }
)
