"""Files of other people's making, as articles: Markdown, HTML, PDF and plain text."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from agent.knowledge.markdown_files import read_markdown
from agent.knowledge.plain_text import UnreadableError, clean_line, clean_text, decoded, slug
from agent.knowledge.sections import HELP_ARTICLE
from agent.model import Value
from agent.ports.progress import Progress, ignore

MAX_BYTES = 50 * 1024 * 1024
"""Larger files are refused before they are read."""

TITLE_CHARS = 200
WORD_CHARS = 60
"""Longest name of an area, a kind or a tag."""


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


def _read_text(content: bytes, _progress: Progress) -> Read:
    return Read("", decoded(content))


def _read_markdown(content: bytes, _progress: Progress) -> Read:
    return Read(*read_markdown(content))


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
