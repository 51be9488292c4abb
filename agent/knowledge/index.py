"""The index over the articles: built once per content, checked by SHA-256 whenever it is read."""

import json
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np

from agent.canonical import digest
from agent.errors import ConfigurationError
from agent.knowledge.articles import Article, read_articles
from agent.knowledge.chunks import cut
from agent.knowledge.matching import WEIGHTS, Scores, Wording, blend
from agent.knowledge.relevance import UNCALIBRATED, Relevance, calibrate
from agent.model import Hit
from agent.ports.embeddings import Embedder, Vectors
from agent.ports.language import Note, unnoted
from agent.ports.progress import Progress, ignore
from agent.sealed import Files, kept

VECTORS, RELEVANCE = "articles.faiss", "relevance.json"

LAYOUT = 4
"""Grows when files are laid out, cut or embedded differently; older files are then made anew."""

FOLDS, BLOCKS = 5, 15
"""Parts that questions are held out in, and neighbouring questions that stay together, for judging the calibration."""


class KnowledgeIndex:
    """Finds the articles that may answer a question."""

    def __init__(
        self, articles: Sequence[Article], embedder: Embedder, vectors: Vectors, relevance: Relevance = UNCALIBRATED
    ) -> None:
        """An index over `vectors` as `embed_articles` returns them for the same articles."""
        self._articles = list(articles)
        self._embedder = embedder
        self._chunks = [chunk for article in articles for chunk in cut(article)]
        places = {article.article_id: place for place, article in enumerate(articles)}
        self._owners = np.array([places[chunk.article_id] for chunk in self._chunks])
        self._wording = Wording(articles)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        self.relevance = relevance

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        return len(self._articles)

    def search(self, question: str, limit: int, note: Note = unnoted) -> list[Hit]:
        """At most `limit` hits, the best of each article, most relevant first; equal ones by name."""
        del note
        scores, similarities = self._match(question)
        ranked = np.argsort(-scores, kind="stable")[:limit]
        return [
            self._hit(int(place), similarities, self.relevance.of(float(scores[place]), _lead(scores, int(place))))
            for place in ranked
        ]

    def observe(self, question: str, answers: Sequence[str]) -> tuple[float, float, bool]:
        """Score, lead and truth of the best match, to calibrate on; `answers` are ids of articles that do answer."""
        scores, _ = self._match(question)
        place = int(np.argmax(scores))
        return float(scores[place]), _lead(scores, place), self._articles[place].article_id in answers

    def _match(self, question: str) -> tuple[Scores, Scores]:
        """The blended score per article, and the cosine per snippet."""
        wanted = self._embedder.embed([question])
        found, order = self._index.search(wanted, self._index.ntotal)
        cosines = np.empty(self._index.ntotal)
        cosines[order[0]] = found[0]
        count = len(self._articles)
        titles, wholes, snippets = cosines[:count], cosines[count : 2 * count], cosines[2 * count :]
        best = np.full(count, -1.0)
        np.maximum.at(best, self._owners, snippets)
        words, pieces = self._wording.match(question)
        views = {"title": titles, "whole": wholes, "snippet": best, "words": words, "pieces": pieces}
        return blend(views), snippets

    def _hit(self, place: int, similarities: Scores, relevance: float) -> Hit:
        own = np.flatnonzero(self._owners == place)
        chunk = self._chunks[int(own[np.argmax(similarities[own])])]
        return Hit(
            chunk_id=chunk.chunk_id,
            article_id=chunk.article_id,
            title=chunk.title,
            text=chunk.text,
            similarity=round(float(similarities[own].max()), 4),
            relevance=round(relevance, 4),
        )

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of an article in order, as hits of this relevance; empty for an unknown article."""
        return [
            Hit(
                chunk_id=chunk.chunk_id,
                article_id=chunk.article_id,
                title=chunk.title,
                text=chunk.text,
                similarity=0.0,
                relevance=relevance,
            )
            for chunk in self._chunks
            if chunk.article_id == article_id
        ]


def _lead(scores: Scores, place: int) -> float:
    """How far the article is ahead of the best other one; negative if it is behind."""
    others = np.delete(scores, place)
    return float(scores[place] - others.max()) if len(others) else float(scores[place])


def embed_articles(articles: Sequence[Article], embedder: Embedder, progress: Progress = ignore) -> Vectors:
    """Titles, then whole articles, then snippets, one unit vector each, in the articles' order."""
    texts = [article.title for article in articles]
    texts += [f"{article.title} {article.text}" for article in articles]
    texts += [chunk.text for article in articles for chunk in cut(article)]
    parts = []
    step = 64
    for start in range(0, len(texts), step):
        progress(start / len(texts), "Indexing the articles")
        parts.append(embedder.embed(texts[start : start + step]))
    return np.concatenate(parts)


def index_corpus(
    articles: Sequence[Article], embedder: Embedder, relevance: Relevance = UNCALIBRATED
) -> KnowledgeIndex:
    """An index over any articles, in memory only."""
    return KnowledgeIndex(articles, embedder, embed_articles(articles, embedder), relevance)


def open_knowledge(
    *, articles_dir: Path, questions_file: Path, cache_dir: Path, embedder: Embedder, progress: Progress = ignore
) -> KnowledgeIndex:
    """The index over a folder of articles, read from the cache or built, calibrated and kept there.

    Raises ConfigurationError for a broken article or question. A damaged cache is built anew.
    """
    articles = read_articles(articles_dir)
    questions = _read_questions(questions_file, {article.article_id for article in articles})
    made_from = {
        "layout": LAYOUT,
        "weights": WEIGHTS,
        "embedder": embedder.fingerprint,
        "articles": [article.model_dump(mode="json") for article in articles],
        "questions": questions,
    }

    def build() -> Files:
        vectors = embed_articles(articles, embedder, lambda share, doing: progress(0.7 * share, doing))
        index = KnowledgeIndex(articles, embedder, vectors)
        observed = []
        for number, (text, answers) in enumerate(questions):
            progress(0.7 + 0.3 * number / len(questions), "Calibrating relevance")
            observed.append(index.observe(text, answers))
        return {VECTORS: _packed(vectors), RELEVANCE: calibrate(observed).model_dump_json().encode()}

    # the seal matters: FAISS loads most damaged files without a word
    files = kept(cache_dir / f"knowledge-{digest(made_from)[:12]}", build)
    index = faiss.deserialize_index(np.frombuffer(files[VECTORS], dtype=np.uint8))
    vectors = index.reconstruct_n(0, index.ntotal)
    return KnowledgeIndex(articles, embedder, vectors, Relevance.model_validate_json(files[RELEVANCE]))


def held_out_relevance(articles_dir: Path, questions_file: Path, embedder: Embedder) -> list[tuple[float, bool]]:
    """Relevance of the best article and whether it answers, per question, by curves fitted on other questions.

    Neighbouring questions were written in one go, so blocks of them are held out together.
    """
    articles = read_articles(articles_dir)
    questions = _read_questions(questions_file, {article.article_id for article in articles})
    index = index_corpus(articles, embedder)
    observed = [index.observe(text, answers) for text, answers in questions]
    folds = [place * BLOCKS // len(questions) % FOLDS for place in range(len(questions))]
    judged = []
    for fold in range(FOLDS):
        curve = calibrate([one for one, own in zip(observed, folds, strict=True) if own != fold])
        held_out = [one for one, own in zip(observed, folds, strict=True) if own == fold]
        judged += [(curve.of(score, lead), answers) for score, lead, answers in held_out]
    return judged


def _packed(vectors: Vectors) -> bytes:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return bytes(faiss.serialize_index(index))


def _read_questions(file: Path, known: set[str]) -> list[tuple[str, list[str]]]:
    questions = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            text, answers = str(row["text"]), list(row["gold_ids"])
        except (ValueError, KeyError, TypeError) as error:
            message = f"Questions {file}, line {number}: {error!r}. Nothing was indexed; mend the line."
            raise ConfigurationError(message) from error
        if not set(answers) <= known:
            message = f"Questions {file}, line {number}: no article {sorted(set(answers) - known)}. Mend the line."
            raise ConfigurationError(message)
        questions.append((text, answers))
    return questions
