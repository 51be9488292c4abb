"""Cut sections of articles into snippets that can be found, shown and cited on their own."""

import re
from collections.abc import Iterator

from agent.knowledge.sections import Section
from agent.model import Value

SNIPPET_CHARS = 300
"""Longest snippet; memory and records are planned for this length."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")


class Chunk(Value):
    """A snippet of a section; `chunk_id` is the section's id, a hash sign and the snippet's place in it."""

    chunk_id: str
    article_id: str
    title: str
    text: str


def cut(section: Section) -> list[Chunk]:
    """The section as snippets of at most 300 characters, cut between sentences; a step of a list is a sentence."""
    return [
        Chunk(
            chunk_id=f"{section.section_id}#{place}", article_id=section.section_id, title=section.title, text=snippet
        )
        for place, snippet in enumerate(snippets_of(section))
    ]


def snippets_of(section: Section) -> list[str]:
    """The texts alone."""
    return list(_fill(_sentences(section.text)))


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if re.match(r"\s*(\d+\.|[-*])\s", line):
            yield line.strip()
        elif line.strip():
            yield from SENTENCE_END.split(line.strip())


def _fill(sentences: Iterator[str]) -> Iterator[str]:
    snippet = ""
    for sentence in sentences:
        for part in _pieces(sentence):
            separator = "\n" if re.match(r"\d+\.\s", part) else " "
            grown = f"{snippet}{separator}{part}" if snippet else part
            if len(grown) <= SNIPPET_CHARS:
                snippet = grown
                continue
            yield snippet
            snippet = part
    if snippet:
        yield snippet


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence that is too long by itself is cut between words."""
    while len(sentence) > SNIPPET_CHARS:
        end = sentence.rfind(" ", 0, SNIPPET_CHARS)
        end = end if end > 0 else SNIPPET_CHARS
        yield sentence[:end]
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence
