"""How well articles match a question: meaning by embeddings, wording by n-grams, in one score."""

from typing import Any

import numpy as np
import numpy.typing as npt

from agent.reading.ngrams import WORD_COLUMNS, Weights, rarity_in, weigh, weigh_counts

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
"""Numbers of sections."""

WEIGHTS = {"title": 0.5, "snippet": 0.5, "whole": 1.0, "words": 0.8, "pieces": 0.8}
"""Share of each view in the score. Chosen on data/training/questions.jsonl among some 600 combinations; the best dozen
differ by less than one point in recall@1, and all of them hold both meaning and wording."""


class Wording:
    """The words of articles and the pieces of words, for names, numbers and typing errors."""

    def __init__(self, counts: Any, rarity: Weights | None = None) -> None:
        """Weigh what was counted, by the rarity in these texts themselves or by one that was learnt elsewhere."""
        self.rarity = rarity_in(counts) if rarity is None else rarity
        self._weighed = weigh_counts(counts, self.rarity)
        # by columns: a question holds a hundred of them, an article a thousand
        self._by_column = self._weighed.tocsc()

    def match(self, question: str) -> tuple[Scores, Scores]:
        """Cosine of the question with each article, by words and by pieces, each of shape (articles,), 0..1."""
        columns, weights = self._asked(question)
        words = columns < WORD_COLUMNS
        return self._by(columns[words], weights[words]), self._by(columns[~words], weights[~words])

    def match_some(self, question: str, places: Places) -> tuple[Scores, Scores]:
        """The same for some of the articles."""
        columns, weights = self._asked(question)
        rows = self._weighed[places]
        words = columns < WORD_COLUMNS
        found = []
        for chosen in (words, ~words):
            asked = np.zeros(rows.shape[1], dtype=np.float32)
            asked[columns[chosen]] = weights[chosen]
            found.append(np.asarray(rows @ asked, dtype=np.float64))
        return found[0], found[1]

    def by_words(self, question: str) -> Scores:
        """Cosine by whole words only, for every article; quick on any number of them."""
        columns, weights = self._asked(question)
        words = columns < WORD_COLUMNS
        return self._by(columns[words], weights[words])

    def _asked(self, question: str) -> tuple[npt.NDArray[np.int32], Weights]:
        row = weigh([question], self.rarity)
        return row.indices, row.data

    def _by(self, columns: npt.NDArray[np.int32], weights: Weights) -> Scores:
        found: Scores = np.asarray(self._by_column[:, columns] @ weights, dtype=np.float64)
        return found


def blend(views: dict[str, Scores]) -> Scores:
    """The weighted mean of all views, shape (articles,); 1 would be a perfect match in each of them."""
    total = sum(WEIGHTS.values())
    mean: Scores = sum((WEIGHTS[name] * views[name] for name in WEIGHTS), start=np.zeros(1)) / total
    return mean
