"""How well articles match a question: meaning by embeddings, wording by TF-IDF, in one score."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from agent.knowledge.articles import Article

Scores = npt.NDArray[np.float64]

WEIGHTS = {"title": 0.5, "snippet": 0.5, "whole": 1.0, "words": 0.6, "characters": 0.6}
"""Share of each view in the score. Chosen on data/training/questions.jsonl among 600 combinations; the best dozen
differ by less than one point in recall@1, and all of them hold both meaning and wording."""


class Wording:
    """The words and the character sequences of articles, for names, numbers and typing errors."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Count them; the title counts twice."""
        texts = [f"{one.title} {one.title} {one.text} {' '.join(one.tags)}" for one in articles]
        self._words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), stop_words="english")
        self._characters = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5))
        self._by_words = self._words.fit_transform(texts)
        self._by_characters = self._characters.fit_transform(texts)

    def match(self, question: str) -> tuple[Scores, Scores]:
        """Cosine of the question with each article, by words and by characters, each of shape (articles,), 0..1."""
        words = self._words.transform([question]) @ self._by_words.T
        characters = self._characters.transform([question]) @ self._by_characters.T
        return words.toarray()[0], characters.toarray()[0]


def blend(views: dict[str, Scores]) -> Scores:
    """The weighted mean of all views, shape (articles,); 1 would be a perfect match in each of them."""
    total = sum(WEIGHTS.values())
    mean: Scores = sum((WEIGHTS[name] * views[name] for name in WEIGHTS), start=np.zeros(1)) / total
    return mean
