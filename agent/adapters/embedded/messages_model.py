"""What a message is about: intent, topic, category and whether a person is asked for."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from agent.adapters.embedded.examples import MessageExample
from agent.adapters.embedded.linear import Floats, Head, train_head
from agent.model import Category, Classification, Intent, OrderAction, Topic
from agent.ports.embeddings import Embedder, Vectors
from agent.reading.entities import find_entities
from agent.reading.languages import find_language
from agent.reading.ngrams import Weights, learn_rarity, weigh
from agent.reading.person import PERSON

STRENGTH = 3.0
"""Chosen on voices that were held out: 0.80 of them right at 3 and at 10, 0.76 with embeddings weighing double."""
ASKED = 0.5
AT_ONCE = 2
"""Heads that are trained side by side."""

HEADS = ("intent", "topic", "category", "person", "action")


@dataclass(frozen=True)
class MessagesModel:
    """Five heads on the same features."""

    rarity: Weights
    heads: dict[str, Head]

    def features(self, texts: Sequence[str], vectors: Vectors) -> Any:
        """Sentence vectors beside weighed n-grams, sparse, one row per text."""
        return sparse.hstack([sparse.csr_array(vectors), weigh(texts, self.rarity)]).tocsr()

    def classify(self, texts: Sequence[str], vectors: Vectors) -> list[Classification]:
        """One classification per text; `vectors` are the texts' embeddings."""
        features = self.features(texts, vectors)
        found = {name: head.probabilities(features) for name, head in self.heads.items()}
        return [
            self._classification(text, {name: rows[place] for name, rows in found.items()})
            for place, text in enumerate(texts)
        ]

    def _classification(self, text: str, found: dict[str, Floats]) -> Classification:
        intent, confidence = self._best("intent", found)
        topic, topic_confidence = self._best("topic", found)
        category, category_confidence = self._best("category", found)
        person = float(found["person"][self.heads["person"].classes.index("True")])
        if PERSON.search(text):
            person = 1 - (1 - person) / 2  # at least even odds: the words say it, whatever the classifier makes of them
        scores = zip(self.heads["intent"].classes, found["intent"].tolist(), strict=True)
        return Classification(
            intent=cast("Intent", intent),
            confidence=confidence,
            scores={cast("Intent", name): share for name, share in scores},
            topic=cast("Topic", topic),
            topic_confidence=topic_confidence,
            category=cast("Category", category),
            category_confidence=category_confidence,
            asks_for_person=person >= ASKED,
            person_confidence=person,
            entities=find_entities(text),
            language=find_language(text),
            order_action=cast("OrderAction", self._best("action", found)[0]),
        )

    def _best(self, name: str, found: dict[str, Floats]) -> tuple[str, float]:
        place = int(found[name].argmax())
        return self.heads[name].classes[place], float(found[name][place])


def train_messages(examples: Sequence[MessageExample], embedder: Embedder) -> MessagesModel:
    """Learn all heads from labelled messages."""
    texts = [example.text for example in examples]
    model = MessagesModel(learn_rarity(texts), {})
    features = model.features(texts, embedder.embed(texts))

    def train(name: str) -> Head:
        labels = [getattr(example, name) for example in examples]
        rows = np.array([place for place, label in enumerate(labels) if label is not None])
        folds = [examples[place].fold for place in rows]
        return train_head(features[rows], [str(labels[place]) for place in rows], folds, STRENGTH)

    # two heads at a time on one core each is a third faster than one on both
    with threadpool_limits(1), ThreadPoolExecutor(AT_ONCE) as threads:
        model.heads.update(zip(HEADS, threads.map(train, HEADS), strict=True))
    return model
