"""How the customer feels, and what in the message says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy import sparse
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from agent.adapters.embedded.examples import MoodExample
from agent.adapters.embedded.linear import Floats, Head, train_head
from agent.adapters.embedded.signals import SWEARING, is_shouting, signals_in
from agent.model import Sentiment, SentimentLabel
from agent.ports.embeddings import Embedder, Vectors
from agent.reading.ngrams import Weights, learn_rarity, weigh

STRENGTH = 1.0
"""Chosen on voices that were held out; three times as much made the probabilities no better."""
VALUES: dict[str, float] = {"positive": 0.9, "neutral": 0.0, "negative": -0.6, "angry": -1.0}
"""Where each class lies on the scale from -1 to 1; a score is the mean of these by probability."""
SURE_OF_ANGER = 0.5
"""Anger hands a thread over at once, so it takes more than being the likeliest of four classes."""


@dataclass(frozen=True)
class MoodModel:
    """A head on sentence vectors, weighed n-grams, the VADER lexicon and a few marks of loudness.

    Vectors and lexicon know English only; the n-grams carry the other languages.
    """

    rarity: Weights
    head: Head
    lexicon: SentimentIntensityAnalyzer

    def gauge(self, texts: Sequence[str], vectors: Vectors) -> list[Sentiment]:
        """One sentiment per text; `vectors` are the texts' embeddings."""
        found = self.head.probabilities(features(texts, vectors, self.rarity, self.lexicon))
        return [self._sentiment(text, row) for text, row in zip(texts, found, strict=True)]

    def _sentiment(self, text: str, found: Floats) -> Sentiment:
        shares = dict(zip(self.head.classes, found.tolist(), strict=True))
        label = _label(shares)
        score = sum(VALUES[name] * share for name, share in shares.items())
        return Sentiment(
            label=cast("SentimentLabel", label),
            score=round(max(-1.0, min(1.0, score)), 3),
            confidence=shares["negative"] + shares["angry"] if label == "negative" else shares[label],
            signals=signals_in(text),
        )


def _label(shares: Mapping[str, float]) -> str:
    """Upset or not comes first; anger needs to be likelier than everything else together."""
    upset = shares["negative"] + shares["angry"]
    calm = "positive" if shares["positive"] > shares["neutral"] else "neutral"
    if shares[calm] >= upset:
        return calm
    return "angry" if shares["angry"] >= SURE_OF_ANGER else "negative"


def features(texts: Sequence[str], vectors: Vectors, rarity: Weights, lexicon: SentimentIntensityAnalyzer) -> Any:
    """Sentence vectors, ten marks of mood and weighed n-grams, sparse, one row per text."""
    marks = np.array([_marks(text, lexicon) for text in texts], dtype=np.float32)
    return sparse.hstack([sparse.csr_array(vectors), sparse.csr_array(marks), weigh(texts, rarity)]).tocsr()


def _marks(text: str, lexicon: SentimentIntensityAnalyzer) -> list[float]:
    polarity = lexicon.polarity_scores(text)
    return [
        polarity["neg"],
        polarity["neu"],
        polarity["pos"],
        polarity["compound"],
        min(text.count("!"), 5) / 5,
        min(text.count("?"), 5) / 5,
        float(bool(SWEARING.search(text))),
        float(is_shouting(text)),
        min(len(text), 600) / 600,
        float("?!" in text or "!?" in text),
    ]


def train_mood(examples: Sequence[MoodExample], embedder: Embedder) -> MoodModel:
    """Learn the head from labelled messages."""
    texts = [example.text for example in examples]
    lexicon = SentimentIntensityAnalyzer()
    rarity = learn_rarity(texts)
    table = features(texts, embedder.embed(texts), rarity, lexicon)
    head = train_head(
        table, [example.sentiment for example in examples], [example.fold for example in examples], STRENGTH
    )
    return MoodModel(rarity, head, lexicon)
