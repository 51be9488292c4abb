"""How the customer feels, and what in the message says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from agent.adapters.embedded.examples import MoodExample
from agent.adapters.embedded.linear import Floats, Head, train_head
from agent.model import Sentiment, SentimentLabel
from agent.ports.embeddings import Embedder, Vectors

STRENGTH = 3.0
VALUES: dict[str, float] = {"positive": 0.9, "neutral": 0.0, "negative": -0.6, "angry": -1.0}
"""Where each class lies on the scale from -1 to 1; a score is the mean of these by probability."""
SURE_OF_ANGER = 0.5
"""Anger hands a thread over at once, so it takes more than being the likeliest of four classes."""
SHOUTING_LETTERS = 8
SHOUTING_SHARE = 0.6

SWEARING = re.compile(
    r"\b(damn\w*|hell|shit\w*|fuck\w*|crap\w*|bloody|wtf|bullshit|bs|ass(hole)?s?|idiots?|morons?|scam(mers?)?|thie(f|ves))\b",
    re.I,
)
SIGNALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("swearing", SWEARING),
    (
        "mentioned cancellation",
        re.compile(
            r"\b(cancel(l?ing|l?ed)? my (account|membership|subscription|plus)|leaving you|switch(ing)? to)\b", re.I
        ),
    ),
    (
        "raised it before",
        re.compile(
            r"\b((second|third|fourth|2nd|3rd|4th|nth) time|again and again|already (wrote|told|asked|contacted)|still (no|not|nothing|waiting)|keep (asking|telling))\b",
            re.I,
        ),
    ),
    (
        "legal threat",
        re.compile(r"\b(lawyer|attorney|solicitor|sue|suing|court|legal action|trading standards|ombudsman)\b", re.I),
    ),
    ("waiting for long", re.compile(r"\b(\d+|two|three|four|several|many) (days|weeks|months|hours)\b", re.I)),
    ("thanked us", re.compile(r"\b(thanks|thank you|thx|appreciate|grateful)\b", re.I)),
    ("asked for urgency", re.compile(r"\b(asap|urgent(ly)?|immediately|right (now|away)|today)\b", re.I)),
    (
        "felt let down",
        re.compile(
            r"\b(disappoint\w*|disgrace\w*|unacceptable|ridiculous|pathetic|terrible|awful|appalling|worst|furious|fed up)\b",
            re.I,
        ),
    ),
)
"""What a reviewer is told that the score rests on; the classifier does not use these names."""


@dataclass(frozen=True)
class MoodModel:
    """A head on sentence vectors, the VADER lexicon and a few marks of loudness."""

    head: Head
    lexicon: SentimentIntensityAnalyzer

    def gauge(self, texts: Sequence[str], vectors: Vectors) -> list[Sentiment]:
        """One sentiment per text; `vectors` are the texts' embeddings."""
        found = self.head.probabilities(features(texts, vectors, self.lexicon))
        return [self._sentiment(text, row) for text, row in zip(texts, found, strict=True)]

    def _sentiment(self, text: str, found: Floats) -> Sentiment:
        shares = dict(zip(self.head.classes, found.tolist(), strict=True))
        ranked = sorted(shares, key=lambda name: -shares[name])
        label = ranked[0]
        if label == "angry" and shares["angry"] < SURE_OF_ANGER:
            label = "negative"  # upset in any case; `neutral` is likelier than that only far away from the limit
        score = sum(VALUES[name] * share for name, share in shares.items())
        return Sentiment(
            label=cast("SentimentLabel", label),
            score=round(max(-1.0, min(1.0, score)), 3),
            confidence=shares[ranked[0]],
            signals=signals(text),
        )


def signals(text: str) -> tuple[str, ...]:
    """What in the text speaks of a mood, in words."""
    found = [name for name, pattern in SIGNALS if pattern.search(text)]
    if _is_shouting(text):
        found.append("shouting")
    return tuple(found)


def features(texts: Sequence[str], vectors: Vectors, lexicon: SentimentIntensityAnalyzer) -> Floats:
    """Sentence vectors beside ten marks of mood, dense, one row per text."""
    return np.hstack([vectors, np.array([_marks(text, lexicon) for text in texts], dtype=np.float32)])


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
        float(_is_shouting(text)),
        min(len(text), 600) / 600,
        float("?!" in text or "!?" in text),
    ]


def _is_shouting(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= SHOUTING_LETTERS and sum(map(str.isupper, letters)) / len(letters) >= SHOUTING_SHARE


def train_mood(examples: Sequence[MoodExample], embedder: Embedder) -> MoodModel:
    """Learn the head from labelled messages."""
    texts = [example.text for example in examples]
    lexicon = SentimentIntensityAnalyzer()
    table = features(texts, embedder.embed(texts), lexicon)
    head = train_head(
        table, [example.sentiment for example in examples], [example.fold for example in examples], STRENGTH
    )
    return MoodModel(head, lexicon)
