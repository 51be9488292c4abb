"""The unit that is found and cited: a short article whole, a long one in overlapping sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from agent.errors import ConfigurationError
from agent.knowledge.articles import Article
from agent.knowledge.tokens import count_tokens, first_tokens, last_tokens
from agent.model import Value

HELP_ARTICLE = "help article"
"""The kind of the articles that came with the desk, and of files that name no other."""

MARK = "~"
"""Between an article's id and the number of a section from the second on."""

LINE_START = re.compile(r"\s*(?:\d+[.)]|[-*+])\s")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\s])")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
FENCE = re.compile(r"\s*(?:```|~~~).*$")
RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")
INLINE = (
    (re.compile(r"<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), " "),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), " "),
    (re.compile(r"(\*\*|__|`)(\S(?:.*?\S)?)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"\1"),
)


class Cutting(Value):
    """How long documents are cut: the length of a section, and how much of it the next one repeats, in tokens."""

    SHORTEST: ClassVar[int] = 32
    LONGEST: ClassVar[int] = 8192

    tokens: int = 512
    overlap: int = 50

    @classmethod
    def chosen(cls, tokens: int | None, overlap: int | None) -> "Cutting | None":
        """As somebody chose; what was left open follows from the rest, and None, if all was, means as the last time."""
        if tokens is None and overlap is None:
            return None
        length = DEFAULT.tokens if tokens is None else tokens
        return cls(tokens=length, overlap=min(DEFAULT.overlap, length // 2) if overlap is None else overlap)

    def checked(self) -> "Cutting":
        """Itself; raises ConfigurationError for lengths that make no sense."""
        if not (self.SHORTEST <= self.tokens <= self.LONGEST and 0 <= self.overlap <= self.tokens // 2):
            message = (
                f"Sections of {self.tokens} tokens with {self.overlap} of overlap cannot be made; nothing was changed. "
                f"Use {self.SHORTEST} to {self.LONGEST} tokens and at most half of them as overlap."
            )
            raise ConfigurationError(message)
        return self


DEFAULT = Cutting()


@dataclass(frozen=True, slots=True)
class Section:
    """A whole article or a part of it; `document` is the id of the article that it belongs to."""

    section_id: str
    document: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    area: str = "general"
    kind: str = HELP_ARTICLE


def whole(article: Article) -> Section:
    """An article that came with the desk; those are written to be short and stay in one piece."""
    return Section(article.article_id, article.article_id, article.title, article.text, article.tags, article.category)


def document_of(section_id: str) -> str:
    """The article that a section belongs to."""
    return section_id.partition(MARK)[0]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    heading: str
    new_line: bool
    tokens: int = 0


def cut_up(article: Section, cutting: Cutting = DEFAULT) -> list[Section]:
    """The article, given as one section with its text in Markdown, as sections of plain lines.

    Cut between sentences. Each section begins with the end of the one before; from the second on its title also names
    the heading that it stands under.
    """
    found = list(_pieces(article.text)) or list(_pieces(article.text.replace("#", " ")))  # nothing but headings
    together = _joined("", found)
    if count_tokens(together) <= cutting.tokens:
        return [replace(article, text=together)] if found else []
    pieces = [part for piece in found for part in _halved(piece, cutting.tokens)]
    parts = list(_grouped(pieces, cutting))
    sections = []
    for number, (first, text) in enumerate(parts, start=1):
        heading = pieces[first].heading
        title = article.title if number == 1 or not heading else f"{article.title}: {heading}"
        name = article.section_id if number == 1 else f"{article.section_id}{MARK}{number}"
        sections.append(
            Section(name, article.document, title, text, article.tags, article.area, article.kind),
        )
    return sections


def _pieces(markdown: str) -> Iterator[_Piece]:
    """Sentences and steps, each with the heading that it stands under; a heading leads in the first of them."""
    heading, lead = "", ""
    for line in _lines(markdown):
        if found := HEADING.fullmatch(line):
            heading = found["text"].rstrip(":. ")
            lead = f"{heading}: " if heading else ""
            continue
        is_item = bool(LINE_START.match(line))
        sentences = [line.strip()] if is_item else SENTENCE_END.split(line.strip())
        for place, sentence in enumerate(sentences):
            if is_item and lead:
                yield _Piece(lead.strip(), heading, new_line=True)
                lead = ""
            text = f"{lead}{sentence}"
            lead = ""
            yield _Piece(text, heading, new_line=place == 0)


def _lines(markdown: str) -> Iterator[str]:
    text = markdown
    for pattern, instead in INLINE:
        text = pattern.sub(instead, text)
    for line in text.splitlines():
        if not line.strip() or FENCE.match(line) or RULE.match(line) or TABLE_RULE.match(line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_row = line.lstrip().startswith("|") and len(cells) > 1
        yield "; ".join(cell for cell in cells if cell) if is_row else line.rstrip()


def _halved(piece: _Piece, tokens: int) -> Iterator[_Piece]:
    """A sentence that is too long for a section by itself is cut between words."""
    text, new_line = piece.text, piece.new_line
    while count_tokens(text) > tokens:
        head = first_tokens(text, tokens)
        if len(head) == len(text):
            break
        yield _Piece(head, piece.heading, new_line, count_tokens(head))
        text, new_line = text[len(head) :].lstrip(), False
    if text:
        yield _Piece(text, piece.heading, new_line, count_tokens(text))


def _grouped(pieces: Sequence[_Piece], cutting: Cutting) -> Iterator[tuple[int, str]]:
    """The place of each section's first new piece, and its text."""
    first, taken, repeated = 0, 0, ""
    for place, piece in enumerate(pieces):
        if taken and taken + piece.tokens > cutting.tokens:
            text = _joined(repeated, pieces[first:place])
            yield first, text
            room = min(cutting.overlap, max(cutting.tokens - piece.tokens, 0))
            repeated = _ending(pieces[first:place], room) if room else ""
            first, taken = place, count_tokens(repeated)
        taken += piece.tokens
    if pieces:
        yield first, _joined(repeated, pieces[first:])


def _ending(pieces: Sequence[_Piece], tokens: int) -> str:
    """The last whole sentences that fit, or else the last words."""
    kept: list[str] = []
    left = tokens
    for piece in reversed(pieces):
        if piece.tokens > left:
            break
        kept.insert(0, piece.text)
        left -= piece.tokens
    return " ".join(kept) or last_tokens(pieces[-1].text, tokens)


def _joined(repeated: str, pieces: Sequence[_Piece]) -> str:
    text = repeated
    for piece in pieces:
        separator = "\n" if piece.new_line else " "
        text = f"{text}{separator}{piece.text}" if text else piece.text
    return text
