"""What customers ask and no article answers."""

from collections.abc import Sequence

import numpy as np

from agent.backoffice import Backoffice
from agent.knowledge.clusters import group, most_typical, telling_words
from agent.library.gap_names import ids_as_before, name_of
from agent.model import Gap, GapExample, GapQuestion
from agent.ports.embeddings import Vectors
from agent.ports.knowledge import as_growing
from agent.ports.progress import Progress, ignore
from agent.reading.drafts import for_everybody
from agent.reading.ngrams import COLUMNS, weigh
from agent.reading.plain_words import plain_words
from agent.store import gaps

NEWEST = 5_000
"""Questions looked at, the newest first."""

EXAMPLES = 5

READING, GROUPING = 0.05, 0.9
"""Where reading and grouping begin, as shares of the time that the first look takes."""

Members = list[tuple[GapQuestion, int]]
"""Questions with the row of their vector, the newest first."""


class GapFinder:
    """Puts questions together, and does so again only when there are others."""

    def __init__(self, office: Backoffice) -> None:
        """Look at the questions of this office."""
        self._office = office
        self._latest: tuple[list[GapQuestion], list[Gap]] = ([], [])

    def find(self, since: str | None = None, progress: Progress = ignore) -> list[Gap]:
        """Groups of questions without an answer, the largest first, then the one asked last."""
        progress(0.0, "Looking for questions")
        limit = self._office.policy().min_relevance
        with self._office.database.read() as connection:
            questions = gaps.unanswered(connection, below=limit, since=since, limit=NEWEST)
        before, found = self._latest
        if questions != before:
            found = self._found(questions, progress)
            self._latest = questions, found
        return list(found)

    def _found(self, questions: Sequence[GapQuestion], progress: Progress) -> list[Gap]:
        if not questions:
            return []
        vectors, members = _grouped(self._office, questions, progress)
        ids = self._ids(members)
        words = telling_words([[_spelled(question.text) for question, _ in some] for some in members])
        found = [_gap(gap_id, some, vectors, named) for gap_id, some, named in zip(ids, members, words, strict=True)]
        found.sort(key=lambda gap: gap.gap_id)
        found.sort(key=lambda gap: gap.last_asked, reverse=True)
        return sorted(found, key=lambda gap: -gap.count)

    def _ids(self, members: Sequence[Members]) -> list[str]:
        """The ids that these groups had before, and new ones for new groups; kept, so that links to them stay."""
        groups = [[question.turn_id for question, _ in reversed(some)] for some in members]
        with self._office.database.read() as connection:
            before = gaps.gaps_of(connection, [turn_id for turns in groups for turn_id in turns])
        ids = ids_as_before(groups, before)
        now = {turn_id: gap_id for gap_id, turns in zip(ids, groups, strict=True) for turn_id in turns}
        new = {turn_id: gap_id for turn_id, gap_id in now.items() if before.get(turn_id) != gap_id}
        if new:
            with self._office.database.write_soon() as connection:
                gaps.keep_gaps(connection, new)
        return ids


def _grouped(office: Backoffice, questions: Sequence[GapQuestion], progress: Progress) -> tuple[Vectors, list[Members]]:
    spelled = [_spelled(question.text) for question in questions]
    unlike = sorted(set(spelled))
    vectors = _vectors(office, unlike, lambda share, doing: progress(READING + (GROUPING - READING) * share, doing))
    progress(GROUPING, f"Putting {len(questions):,} questions together")
    numbers = dict(zip(unlike, group(vectors), strict=True))
    rows = {text: place for place, text in enumerate(unlike)}
    clusters: dict[int, Members] = {}
    for question, text in zip(questions, spelled, strict=True):
        clusters.setdefault(int(numbers[text]), []).append((question, rows[text]))
    return vectors, list(clusters.values())


def _spelled(text: str) -> str:
    """The words that tell what it is about: greetings would put together what has nothing else in common."""
    return plain_words(for_everybody(text) or text).lower()


def _vectors(office: Backoffice, texts: Sequence[str], progress: Progress) -> Vectors:
    knowledge = as_growing(office.services.knowledge)
    if knowledge is not None:
        return knowledge.embed(texts, progress)
    # nothing here embeds: then questions with the same words are alike
    rows = weigh(texts, np.ones(COLUMNS, dtype=np.float32))
    alike = np.asarray((rows @ rows.T).toarray() / 2, dtype=np.float32)
    unit: Vectors = alike / np.maximum(np.linalg.norm(alike, axis=1, keepdims=True), 1e-12)
    return unit


def _gap(gap_id: str, members: Members, vectors: Vectors, words: tuple[str, ...]) -> Gap:
    order = most_typical(vectors[[row for _, row in members]])
    ranked = [members[place][0] for place in order]
    examples = {question.text: question.thread_id for question in reversed(ranked)}
    nearest = [question.best_article for question in ranked if question.best_article]
    return Gap(
        gap_id=gap_id,
        name=name_of(ranked),
        words=words,
        count=len(ranked),
        mean_relevance=round(sum(question.relevance for question in ranked) / len(ranked), 4),
        last_asked=max(question.asked_at for question in ranked),
        examples=tuple(
            GapExample(text=text, thread_id=examples[text])
            for text in list(dict.fromkeys(question.text for question in ranked))[:EXAMPLES]
        ),
        turn_ids=tuple(question.turn_id for question in ranked),
        best_article=max(sorted(set(nearest)), key=nearest.count) if nearest else None,
    )
