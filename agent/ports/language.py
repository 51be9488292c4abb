"""The seam for language tasks: every engine understands and writes the same way."""

from collections.abc import Sequence
from typing import Protocol

from agent.model import Answer, Classification, Hit, Sentiment, SpokenLine, Tone


class LanguageEngine(Protocol):
    """Understands customers' messages and writes replies. Deterministic engines return the same for the same input."""

    @property
    def name(self) -> str:
        """The engine's name and version as it appears in decision records."""
        ...

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        """One classification per text, in order."""
        ...

    def gauge_sentiment(self, texts: Sequence[str]) -> list[Sentiment]:
        """One sentiment per text, in order."""
        ...

    def answer(self, question: str, passages: Sequence[Hit], tone: Tone) -> Answer:
        """A grounded answer of at most 3 sentences plus steps, made from `passages` only; empty if nothing fits."""
        ...

    def summarise(self, lines: Sequence[SpokenLine], max_words: int) -> str:
        """The conversation in at most `max_words` words."""
        ...
