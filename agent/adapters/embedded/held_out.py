"""How sure the classifiers are, and how often they are right, on voices that no part of them was trained on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from agent.adapters.embedded.examples import read_messages, read_moods
from agent.adapters.embedded.linear import train_head
from agent.adapters.embedded.messages_model import HEADS, MessagesModel
from agent.adapters.embedded.messages_model import STRENGTH as MESSAGES_STRENGTH
from agent.adapters.embedded.mood_model import STRENGTH as MOOD_STRENGTH
from agent.adapters.embedded.mood_model import MoodModel, features
from agent.ports.embeddings import Embedder
from agent.reading.ngrams import learn_rarity

HELD_OUT = 1
"""This fold is among the examples of neither weights nor temperatures."""

Judged = list[tuple[float, bool]]
"""Confidence and whether it was right, per message."""


def held_out_judgements(training_dir: Path, embedder: Embedder) -> dict[str, Judged]:
    """Classifier → its judgements on the fold that was held out from weights and temperature alike."""
    folder = training_dir / "messages"
    messages = read_messages(folder)
    texts = [message.text for message in messages]
    model = MessagesModel(learn_rarity(texts), {})
    table = model.features(texts, embedder.embed(texts))
    folds = np.array([message.fold for message in messages])
    judged = {}
    for name in HEADS:
        labels = [getattr(message, name) for message in messages]
        rows = np.array([place for place, label in enumerate(labels) if label is not None])
        chosen = [str(labels[place]) for place in rows]
        judged[name] = _judge(table[rows], chosen, folds[rows], MESSAGES_STRENGTH)
    judged["sentiment"] = _judge_moods(training_dir, folder, embedder)
    return judged


def _judge(table: Any, labels: Sequence[str], folds: Any, strength: float) -> Judged:
    truth, test = np.array(labels), folds == HELD_OUT
    head = train_head(table[~test], list(truth[~test]), list(folds[~test]), strength)
    found = head.probabilities(table[test])
    guesses = np.array(head.classes)[found.argmax(axis=1)]
    return [(float(sure), bool(right)) for sure, right in zip(found.max(axis=1), guesses == truth[test], strict=True)]


def _judge_moods(training_dir: Path, folder: Path, embedder: Embedder) -> Judged:
    moods = read_moods(training_dir / "sentiment.jsonl", folder)
    texts, folds = [mood.text for mood in moods], np.array([mood.fold for mood in moods])
    vectors, lexicon, rarity = embedder.embed(texts), SentimentIntensityAnalyzer(), learn_rarity(texts)
    table = features(texts, vectors, rarity, lexicon)
    known, test = np.flatnonzero(folds != HELD_OUT), np.flatnonzero(folds == HELD_OUT)
    head = train_head(table[known], [moods[place].sentiment for place in known], list(folds[known]), MOOD_STRENGTH)
    found = MoodModel(rarity, head, lexicon).gauge([texts[place] for place in test], vectors[test])
    return [
        (sentiment.confidence, _same_side(sentiment.label, moods[place].sentiment))
        for sentiment, place in zip(found, test, strict=True)
    ]


def _same_side(found: str, truth: str) -> bool:
    """Unhappy customers who are taken for merely negative count as understood; anger has to be anger."""
    return found == truth or (found == "negative" and truth == "angry")
