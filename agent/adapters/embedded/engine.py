"""The embedded engine: deterministic, without key or network, trained once on our own examples."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from agent.adapters.embedded.answering import Answerer
from agent.adapters.embedded.examples import MessageExample, MoodExample, read_messages, read_moods
from agent.adapters.embedded.linear import Head
from agent.adapters.embedded.messages_model import HEADS, MessagesModel, train_messages
from agent.adapters.embedded.mood_model import MoodModel, train_mood
from agent.adapters.embedded.summary import summarise
from agent.canonical import digest
from agent.model import Answer, Classification, Hit, Sentiment, SpokenLine, Tone
from agent.ports.embeddings import Embedder
from agent.ports.progress import Progress, ignore
from agent.sealed import Files, kept

ARRAYS = "heads.npz"
RECIPE = 6
"""Grows when features, labels or training change; classifiers trained by an older recipe are not used."""


class EmbeddedEngine:
    """Understands by linear classifiers on sentence embeddings, and answers in the articles' own words."""

    def __init__(self, embedder: Embedder, messages: MessagesModel, mood: MoodModel, version: str) -> None:
        """Use trained models; `version` names the training they come from."""
        self.name = f"embedded {version}"
        self._embedder = embedder
        self._messages = messages
        self._mood = mood
        self._answerer = Answerer(embedder)

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        """One classification per text, in order."""
        return self._messages.classify(texts, self._embedder.embed(texts)) if texts else []

    def gauge_sentiment(self, texts: Sequence[str]) -> list[Sentiment]:
        """One sentiment per text, in order."""
        return self._mood.gauge(texts, self._embedder.embed(texts)) if texts else []

    def answer(self, question: str, passages: Sequence[Hit], tone: Tone) -> Answer:
        """A grounded answer of at most 3 sentences plus steps, made from `passages` only; empty if nothing fits."""
        return self._answerer.answer(question, passages, tone)

    def summarise(self, lines: Sequence[SpokenLine], max_words: int) -> str:
        """The conversation in at most `max_words` words."""
        return summarise(lines, max_words)


def open_embedded_engine(
    *, training_dir: Path, cache_dir: Path, embedder: Embedder, progress: Progress = ignore
) -> EmbeddedEngine:
    """The engine trained on `training_dir`, read from the cache or trained and kept there.

    Raises ConfigurationError for a malformed example. A damaged cache is trained anew.
    """
    messages, moods = read_messages(training_dir / "messages"), read_moods(training_dir / "sentiment.jsonl")
    version = _version(messages, moods, embedder)

    def train() -> Files:
        progress(0.05, "Learning what messages are about")
        messages_model = train_messages(messages, embedder)
        progress(0.8, "Learning how customers feel")
        return {ARRAYS: _packed(messages_model, train_mood(moods, embedder))}

    packed = kept(cache_dir / f"engine-{version}", train)[ARRAYS]
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return EmbeddedEngine(embedder, _messages_from(arrays), _mood_from(arrays), version)


def _version(messages: Sequence[MessageExample], moods: Sequence[MoodExample], embedder: Embedder) -> str:
    examples = [example.model_dump(mode="json") for example in [*messages, *moods]]
    return digest({"recipe": RECIPE, "embedder": embedder.fingerprint, "examples": examples})[:12]


def _packed(messages: MessagesModel, mood: MoodModel) -> bytes:
    """Arrays and names only: nothing in the file can run when it is read."""
    arrays: dict[str, Any] = {"rarity": messages.rarity}
    for name, head in {**messages.heads, "mood": mood.head}.items():
        arrays |= {
            f"{name}.weights": head.weights,
            f"{name}.bias": head.bias,
            f"{name}.classes": np.array(head.classes),
            f"{name}.temperature": np.array(head.temperature),
        }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _head(arrays: Mapping[str, Any], name: str) -> Head:
    return Head(
        tuple(map(str, arrays[f"{name}.classes"])),
        arrays[f"{name}.weights"],
        arrays[f"{name}.bias"],
        float(arrays[f"{name}.temperature"]),
    )


def _messages_from(arrays: Mapping[str, Any]) -> MessagesModel:
    return MessagesModel(arrays["rarity"], {name: _head(arrays, name) for name in HEADS})


def _mood_from(arrays: Mapping[str, Any]) -> MoodModel:
    return MoodModel(_head(arrays, "mood"), SentimentIntensityAnalyzer())
