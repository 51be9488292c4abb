"""The embedded engine: deterministic, without key or network, trained once on our own examples."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from agent.adapters.embedded.answering import Answerer
from agent.adapters.embedded.examples import MessageExample, MoodExample, read_messages, read_moods
from agent.adapters.embedded.known_vectors import KnownVectors
from agent.adapters.embedded.linear import Head
from agent.adapters.embedded.messages_model import HEADS, MessagesModel, train_messages
from agent.adapters.embedded.mood_model import MoodModel, train_mood
from agent.canonical import digest
from agent.model import Answer, ArticleDraft, Classification, Handover, Sentiment, Topic
from agent.ports.embeddings import Embedder
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, Note, Say, unnoted, unsaid
from agent.ports.progress import Progress, ignore
from agent.reading.drafts import for_everybody, title_of
from agent.reading.languages import load_languages
from agent.reading.summary import summarise
from agent.sealed import Files, kept
from agent.wording import phrases_in

ARRAYS = "heads.npz"
RECIPE = 8
"""Grows when features, labels or training change; classifiers trained by an older recipe are not used."""

SUGGESTIONS: Mapping[Topic, str] = MappingProxyType(
    {
        "billing_dispute": "Compare this customer's payments with the orders, and correct a wrong charge as a refund.",
        "legal_threat": "Answer in person and on the facts; tell whoever handles legal matters before you promise.",
        "account_deletion": "Check open orders and balances, have the request confirmed, then close the account.",
        "technical": "Reproduce the fault, give a way around it, and pass it on to whoever mends it.",
        "onboarding": "Walk the customer through the first steps, and look whether the account is complete.",
        "general": "Read the latest message, answer what it asks, and say what happens next and when.",
    }
)
"""What usually helps, by topic; for the person who takes over."""


class EmbeddedEngine:
    """Understands by linear classifiers on sentence embeddings, and answers in the articles' own words."""

    def __init__(self, embedder: Embedder, messages: MessagesModel, mood: MoodModel, version: str) -> None:
        """Use trained models; `version` names the training they come from."""
        self.name = f"embedded {version}"
        self._embedder = embedder
        self._messages = messages
        self._mood = mood
        self._answerer = Answerer(embedder)

    def speaks(self, language: str) -> bool:
        """English only: its answers are sentences of the articles."""
        return language == "en"

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        """One classification per text, in order."""
        del note
        return self._messages.classify(texts, self._embedder.embed(texts)) if texts else []

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        """One sentiment per text, in order."""
        del note
        return self._mood.gauge(texts, self._embedder.embed(texts)) if texts else []

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """At most 3 sentences of the best article plus its steps, word for word; none if there is no passage."""
        del note
        if not task.passages:
            return Answer(sentences=(), confidence=0.0)
        answer = self._answerer.answer(task.question, task.passages)
        for sentence in answer.sentences:
            say(sentence, answer.confidence)
        return answer

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        """A summary in the customer's own words, a suggestion by topic, and the draft that the desk keeps for it."""
        del note
        drafts = phrases_in(task.language).drafts
        return Handover(
            summary=summarise(task.memory.lines, task.max_words),
            suggestion=SUGGESTIONS.get(task.topic, SUGGESTIONS["general"]),
            draft=drafts.get(task.topic, drafts["general"]),
        )

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        """The question as the title, and the colleague's own words without greeting, closing and private details."""
        del note
        return ArticleDraft(title=title_of(task.question), text=for_everybody(task.answer))


def open_embedded_engine(
    *, training_dir: Path, cache_dir: Path, embedder: Embedder, progress: Progress = ignore
) -> EmbeddedEngine:
    """The engine trained on `training_dir`, read from the cache or trained and kept there.

    Raises ConfigurationError for a malformed example. A damaged cache is trained anew.
    """
    folder = training_dir / "messages"
    messages, moods = read_messages(folder), read_moods(training_dir / "sentiment.jsonl", folder)
    version = _version(messages, moods, embedder)

    def train() -> Files:
        progress(0.05, "Reading the examples")
        known = KnownVectors([example.text for example in [*messages, *moods]], embedder)
        progress(0.4, "Learning what messages are about")
        messages_model = train_messages(messages, known)
        progress(0.9, "Learning how customers feel")
        return {ARRAYS: _packed(messages_model, train_mood(moods, known))}

    load_languages()
    packed = kept(cache_dir / f"engine-{version}", train)[ARRAYS]
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return EmbeddedEngine(embedder, _messages_from(arrays), _mood_from(arrays), version)


def _version(messages: Sequence[MessageExample], moods: Sequence[MoodExample], embedder: Embedder) -> str:
    examples = [example.model_dump(mode="json") for example in [*messages, *moods]]
    return digest({"recipe": RECIPE, "embedder": embedder.fingerprint, "examples": examples})[:12]


def _packed(messages: MessagesModel, mood: MoodModel) -> bytes:
    """Arrays and names only: nothing in the file can run when it is read."""
    arrays: dict[str, Any] = {"rarity": messages.rarity, "mood.rarity": mood.rarity}
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
    return MoodModel(arrays["mood.rarity"], _head(arrays, "mood"), SentimentIntensityAnalyzer())
