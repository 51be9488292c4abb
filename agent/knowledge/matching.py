"""How well articles match a question: meaning by embeddings, wording by n-grams, in one score."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agent.knowledge.articles import Article
from agent.reading.ngrams import WORD_COLUMNS, learn_rarity, weigh

Scores = npt.NDArray[np.float64]

WEIGHTS = {"title": 0.5, "snippet": 0.5, "whole": 1.0, "words": 0.8, "pieces": 0.8}
"""Share of each view in the score. Chosen on data/training/questions.jsonl among some 600 combinations; the best dozen
differ by less than one point in recall@1, and all of them hold both meaning and wording."""


class Wording:
    """The words of articles and the pieces of words, for names, numbers and typing errors."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Count them; the title counts twice."""
        texts = [f"{one.title} {one.title} {one.text} {' '.join(one.tags)}" for one in articles]
        self._rarity = learn_rarity(texts)
        weighed = weigh(texts, self._rarity)
        self._words, self._pieces = weighed[:, :WORD_COLUMNS], weighed[:, WORD_COLUMNS:]

    def match(self, question: str) -> tuple[Scores, Scores]:
        """Cosine of the question with each article, by words and by pieces, each of shape (articles,), 0..1."""
        asked = weigh([question], self._rarity)
        words = self._words @ asked[:, :WORD_COLUMNS].T
        pieces = self._pieces @ asked[:, WORD_COLUMNS:].T
        return words.toarray()[:, 0], pieces.toarray()[:, 0]


def blend(views: dict[str, Scores]) -> Scores:
    """The weighted mean of all views, shape (articles,); 1 would be a perfect match in each of them."""
    total = sum(WEIGHTS.values())
    mean: Scores = sum((WEIGHTS[name] * views[name] for name in WEIGHTS), start=np.zeros(1)) / total
    return mean
