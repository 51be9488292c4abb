"""Answers made of sentences that stand in the articles, word for word, each with its citation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.grounding import MAX_SENTENCES, MAX_STEPS
from agent.model import Answer, CitedSentence, Hit
from agent.ports.embeddings import Embedder, Vectors

OPENING_SHARE = 0.12
"""Bonus for an article's first sentence, which holds the direct answer by the rules for writing articles."""
CLOSE_ENOUGH = 0.75
"""A further sentence is added while it matches at least this share of the best one's match."""
OFF_THE_POINT = 0.25
"""Cosine below which even the best sentence is hardly about the question."""

HOW = re.compile(
    r"\b(how (do|can|to|would|should)|steps?|way to|what do i (have|need) to do|help (me )?to|c[oó]mo|wie|comment)\b",
    re.IGNORECASE,
)
STEP = re.compile(r"^\d+\.\s")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")


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

    def answer(self, question: str, passages: Sequence[Hit]) -> Answer:
        """At most three sentences of the first passage's article, plus its steps if the question asks how."""
        sentences = _sentences([hit for hit in passages if hit.article_id == passages[0].article_id])
        prose = [sentence for sentence in sentences if not sentence.is_step]
        steps = [sentence for sentence in sentences if sentence.is_step] if HOW.search(question) else []
        matches = self._match(question, prose)
        chosen = _choose(prose, matches) + steps[:MAX_STEPS]
        best = float(matches.max()) if prose else 1.0
        return Answer(
            sentences=tuple(
                CitedSentence(
                    text=STEP.sub("", sentence.text), chunk_ids=(sentence.hit.chunk_id,), is_step=sentence.is_step
                )
                for sentence in chosen
            ),
            confidence=round(10 * passages[0].relevance * min(1.0, max(best, 0.0) / OFF_THE_POINT), 2)
            if chosen
            else 0.0,
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
