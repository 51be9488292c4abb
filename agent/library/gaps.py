"""What customers ask and no article answers."""

import hashlib
from collections.abc import Sequence

import numpy as np

from agent.backoffice import Backoffice
from agent.knowledge.clusters import group, most_typical, telling_words
from agent.model import Gap, GapQuestion
from agent.ports.embeddings import Vectors
from agent.ports.knowledge import as_growing
from agent.reading.ngrams import COLUMNS, weigh
from agent.reading.plain_words import plain_words
from agent.store import gaps

NEWEST = 5_000
"""Questions looked at, the newest first."""

EXAMPLES = 5
NAME_CHARS = 120


class GapFinder:
    """Puts questions together, and does so again only when there are others."""

    def __init__(self, office: Backoffice) -> None:
        """Look at the questions of this office."""
        self._office = office
        self._latest: tuple[list[GapQuestion], list[Gap]] = ([], [])

    def find(self, since: str | None = None) -> list[Gap]:
        """Groups of questions without an answer, the largest first, then the one asked last."""
        limit = self._office.policy().min_relevance
        with self._office.database.read() as connection:
            questions = gaps.unanswered(connection, below=limit, since=since, limit=NEWEST)
        before, found = self._latest
        if questions != before:
            found = _grouped(self._office, questions)
            self._latest = questions, found
        return list(found)


def _grouped(office: Backoffice, questions: Sequence[GapQuestion]) -> list[Gap]:
    if not questions:
        return []
    spelled = [plain_words(question.text).lower() for question in questions]
    unlike = sorted(set(spelled))
    vectors = _vectors(office, unlike)
    numbers = dict(zip(unlike, group(vectors), strict=True))
    rows = {text: place for place, text in enumerate(unlike)}
    clusters: dict[int, list[tuple[GapQuestion, int]]] = {}
    for question, text in zip(questions, spelled, strict=True):
        clusters.setdefault(int(numbers[text]), []).append((question, rows[text]))
    members = list(clusters.values())
    words = telling_words([[question.text for question, _ in some] for some in members])
    found = [_gap(some, vectors, named) for some, named in zip(members, words, strict=True)]
    found.sort(key=lambda gap: gap.gap_id)
    found.sort(key=lambda gap: gap.last_asked, reverse=True)
    return sorted(found, key=lambda gap: -gap.count)


def _vectors(office: Backoffice, texts: Sequence[str]) -> Vectors:
    knowledge = as_growing(office.services.knowledge)
    if knowledge is not None:
        return knowledge.embed(texts)
    # nothing here embeds: then questions with the same words are alike
    rows = weigh(texts, np.ones(COLUMNS, dtype=np.float32))
    alike = np.asarray((rows @ rows.T).toarray() / 2, dtype=np.float32)
    unit: Vectors = alike / np.maximum(np.linalg.norm(alike, axis=1, keepdims=True), 1e-12)
    return unit


def _gap(members: Sequence[tuple[GapQuestion, int]], vectors: Vectors, words: tuple[str, ...]) -> Gap:
    order = most_typical(vectors[[row for _, row in members]])
    ranked = [members[place][0] for place in order]
    examples = list(dict.fromkeys(question.text for question in ranked))[:EXAMPLES]
    nearest = [question.best_article for question in ranked if question.best_article]
    return Gap(
        gap_id=hashlib.sha256(min(question.turn_id for question in ranked).encode()).hexdigest()[:12],
        name=_shortened(examples[0]),
        words=words,
        count=len(ranked),
        mean_relevance=round(sum(question.relevance for question in ranked) / len(ranked), 4),
        last_asked=max(question.asked_at for question in ranked),
        examples=tuple(examples),
        turn_ids=tuple(question.turn_id for question in ranked),
        best_article=max(sorted(set(nearest)), key=nearest.count) if nearest else None,
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= NAME_CHARS else f"{line[: NAME_CHARS - 2].rsplit(' ', 1)[0]} …"
