"""Figures over predictions: accuracy, precision, recall, F1, confusion."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from agent.evaluation.datasets import Labelled
from agent.model import Value

WORST = 20


class Prediction(Value):
    """What was predicted for a message, and how sure of it the engine was, 0..1."""

    label: str
    confidence: float


def report(messages: Sequence[Labelled], predictions: Sequence[Prediction], labels: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro F1, figures per label, confusion, accuracy by source, and the surest mistakes, as plain JSON.

    A prediction among `also_ok` counts as right, and then as that message's true label.
    """
    truths = [
        prediction.label if prediction.label in message.also_ok else message.label
        for message, prediction in zip(messages, predictions, strict=True)
    ]
    guesses = [prediction.label for prediction in predictions]
    per_label = {label: _figures(label, truths, guesses) for label in labels}
    present = [label for label in labels if per_label[label]["support"] or label in guesses]
    right = sum(truth == guess for truth, guess in zip(truths, guesses, strict=True))
    return {
        "rows": len(messages),
        "accuracy": round(right / len(messages), 4),
        "macro_f1": round(sum(per_label[label]["f1"] for label in present) / len(present), 4),
        "per_label": per_label,
        "confusion": _confusion(truths, guesses, labels),
        "by_source": _by_source(messages, truths, guesses),
        "worst": _worst(messages, truths, predictions),
    }


def _figures(label: str, truths: Sequence[str], guesses: Sequence[str]) -> dict[str, float]:
    hits = sum(truth == guess == label for truth, guess in zip(truths, guesses, strict=True))
    support, guessed = truths.count(label), guesses.count(label)
    precision = hits / guessed if guessed else 0.0
    recall = hits / support if support else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "support": support}


def _confusion(truths: Sequence[str], guesses: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, int]]:
    """True label → predicted label → count."""
    counts = Counter(zip(truths, guesses, strict=True))
    return {truth: {guess: counts[truth, guess] for guess in labels} for truth in labels}


def _by_source(
    messages: Sequence[Labelled], truths: Sequence[str], guesses: Sequence[str]
) -> dict[str, dict[str, float]]:
    right: dict[str, list[bool]] = defaultdict(list)
    for message, truth, guess in zip(messages, truths, guesses, strict=True):
        right[message.source].append(truth == guess)
    return {
        source: {"rows": len(found), "accuracy": round(sum(found) / len(found), 4)}
        for source, found in sorted(right.items())
        if source
    }


def _worst(
    messages: Sequence[Labelled], truths: Sequence[str], predictions: Sequence[Prediction]
) -> list[dict[str, Any]]:
    mistakes = [
        (guess.confidence, message.text[:200], truth, guess.label)
        for message, truth, guess in zip(messages, truths, predictions, strict=True)
        if truth != guess.label
    ]
    return [
        {"text": text, "label": truth, "predicted": guess, "confidence": round(confidence, 3)}
        for confidence, text, truth, guess in sorted(mistakes, reverse=True)[:WORST]
    ]
