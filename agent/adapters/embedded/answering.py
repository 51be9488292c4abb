"""Answers made of sentences that stand in the articles, word for word, each with its citation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.model import Answer, Citation, Hit, Tone
from agent.ports.embeddings import Embedder, Vectors

MAX_SENTENCES = 3
MAX_STEPS = 8
OPENING_SHARE = 0.12
"""Bonus for an article's first sentence, which holds the direct answer by the rules for writing articles."""
CLOSE_ENOUGH = 0.75
"""A further sentence is added while it matches at least this share of the best one's match."""
OFF_THE_POINT = 0.25
"""Cosine below which even the best sentence is hardly about the question."""

HOW = re.compile(
    r"\b(how (do|can|to|would|should)|steps?|way to|what do i (have|need) to do|help (me )?to)\b", re.IGNORECASE
)
STEP = re.compile(r"^\d+\.\s")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")

OPENINGS: dict[Tone, str] = {
    "standard": "",
    "empathetic": "I'm sorry about the trouble. ",
    "urgent": "Here is the answer right away. ",
    "de-escalation": "I'm sorry that this has been so frustrating. ",
}


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, or a step of its list, and the snippet it stands in."""

    text: str
    hit: Hit
    is_first: bool

    @property
    def is_step(self) -> bool:
        """Whether it is a line of a numbered list."""
        return bool(STEP.match(self.text))


class Answerer:
    """Chooses sentences by how close they are to the question."""

    def __init__(self, embedder: Embedder) -> None:
        """Compare by this embedder; vectors of sentences are kept, since articles have a finite number of them."""
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def answer(self, question: str, passages: Sequence[Hit], tone: Tone) -> Answer:
        """At most three sentences of the passages, plus their steps if the question asks how."""
        sentences = _sentences(passages)
        prose = [sentence for sentence in sentences if not sentence.is_step]
        steps = [sentence for sentence in sentences if sentence.is_step] if HOW.search(question) else []
        matches = self._match(question, prose)
        chosen = _choose(prose, matches) + steps[:MAX_STEPS]
        if not chosen:
            return Answer(text="", citations=(), confidence=0.0)
        best = float(matches.max()) if prose else 1.0
        return Answer(
            text=OPENINGS[tone] + _written(chosen),
            citations=_citations(chosen),
            confidence=round(10 * passages[0].relevance * min(1.0, max(best, 0.0) / OFF_THE_POINT), 2),
        )

    def _match(self, question: str, sentences: Sequence[Sentence]) -> Vectors:
        """Closeness of each sentence to the question, shape (sentences,)."""
        new = [sentence.text for sentence in sentences if sentence.text not in self._known]
        for text, vector in zip(new, self._embedder.embed(new), strict=True):
            self._known[text] = vector
        wanted = self._embedder.embed([question])[0]
        bonus = np.array([OPENING_SHARE * sentence.is_first for sentence in sentences], dtype=np.float32)
        return np.array([self._known[sentence.text] @ wanted for sentence in sentences], dtype=np.float32) + bonus


def _sentences(passages: Sequence[Hit]) -> list[Sentence]:
    """Every sentence and step of the snippets, in the article's order, each once."""
    found: dict[str, Sentence] = {}
    for hit in sorted(passages, key=lambda hit: int(hit.chunk_id.rpartition("#")[2])):
        for line in hit.text.splitlines():
            for text in [line] if STEP.match(line) else SENTENCE_END.split(line):
                is_first = not found and hit.chunk_id.endswith("#0")
                if text.strip():
                    found.setdefault(text.strip(), Sentence(text.strip(), hit, is_first))
    return list(found.values())


def _choose(sentences: Sequence[Sentence], matches: Vectors) -> list[Sentence]:
    """The closest sentences in the article's order; weaker ones are left out rather than filled up with."""
    if not len(sentences):
        return []
    ranked = np.argsort(-matches, kind="stable")[:MAX_SENTENCES]
    kept = [place for place in ranked if matches[place] >= CLOSE_ENOUGH * matches[ranked[0]]]
    return [sentences[place] for place in sorted(kept)]


def _written(chosen: Sequence[Sentence]) -> str:
    prose = " ".join(sentence.text for sentence in chosen if not sentence.is_step)
    steps = [STEP.sub("", sentence.text) for sentence in chosen if sentence.is_step]
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    return "\n\n".join(part for part in (prose, numbered) if part)


def _citations(chosen: Sequence[Sentence]) -> tuple[Citation, ...]:
    """Every snippet that a sentence was taken from, once."""
    cited = {sentence.hit.chunk_id: sentence.hit for sentence in chosen}
    return tuple(
        Citation(article_id=hit.article_id, title=hit.title, chunk_id=chunk_id) for chunk_id, hit in cited.items()
    )
