"""The seam for language tasks: every engine understands and writes the same way."""

from collections.abc import Callable, Sequence
from typing import Protocol

from agent.model import (
    Answer,
    ArticleDraft,
    CitedSentence,
    Classification,
    EngineCall,
    Handover,
    Hit,
    Memory,
    Sentiment,
    Tone,
    Topic,
    Value,
)

Note = Callable[[EngineCall], None]
"""Told of every call to a model: its cost, and why it failed if it did."""

Say = Callable[[CitedSentence, float], None]
"""Told of each sentence of an answer as soon as it is complete, with the engine's confidence in the answer."""


def unnoted(_call: EngineCall) -> None:
    """Nobody keeps count."""


def unsaid(_sentence: CitedSentence, _confidence: float) -> None:
    """Nobody listens before the answer is complete."""


class AnswerTask(Value):
    """A question to answer from `passages` only, in `language` (ISO 639-1) where the engine can."""

    question: str
    passages: tuple[Hit, ...]
    tone: Tone = "standard"
    language: str = "en"
    memory: Memory = Memory()


class HandoverTask(Value):
    """A conversation to hand over to a person; `memory.lines` ends with the latest message."""

    topic: Topic
    tone: Tone = "standard"
    language: str = "en"
    memory: Memory = Memory()
    max_words: int = 150


class ArticleTask(Value):
    """What a customer asked and a colleague answered, to be made an article of, in `language` where the engine can."""

    question: str
    answer: str
    language: str = "en"


class LanguageEngine(Protocol):
    """Understands customers' messages and writes replies. Deterministic engines return the same for the same input.

    An engine that cannot do a step raises EngineError; what it returns is complete.
    """

    @property
    def name(self) -> str:
        """The engine's name and version as it appears in decision records."""
        ...

    def speaks(self, language: str) -> bool:
        """Whether answers can be written in this language (ISO 639-1)."""
        ...

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        """One classification per text, in order."""
        ...

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        """One sentiment per text, in order."""
        ...

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """At most 3 sentences plus steps, each with the chunks it rests on; no sentence if nothing fits."""
        ...

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        """Summary, suggested resolution and a draft that promises nothing that costs money."""
        ...

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        """A help article that says what the colleague answered, for everybody who asks the same, and nothing else."""
        ...
