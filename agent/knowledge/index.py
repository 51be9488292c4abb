"""The index over the articles: built once per content, checked by SHA-256 whenever it is read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from agent.canonical import digest
from agent.errors import ConfigurationError
from agent.knowledge.articles import Article, read_articles
from agent.knowledge.chunks import Chunk, cut, snippets_of
from agent.knowledge.dense import EXACT_SECTIONS, closeness
from agent.knowledge.matching import WEIGHTS, Places, Scores, Wording, blend
from agent.knowledge.material import Material, wording_of
from agent.knowledge.relevance import UNCALIBRATED, Relevance, calibrate
from agent.knowledge.sections import whole
from agent.model import Hit, Scope
from agent.ports.embeddings import Embedder, Vectors
from agent.ports.language import Note, unnoted
from agent.ports.progress import Progress, ignore
from agent.reading.ngrams import Weights, count
from agent.sealed import Files, kept

VECTORS, RELEVANCE = "articles.faiss", "relevance.json"

LAYOUT = 4
"""Grows when files are laid out, cut or embedded differently; older files are then made anew."""

FOLDS, BLOCKS = 5, 15
"""Parts that questions are held out in, and neighbouring questions that stay together, for judging the calibration."""

WORD_MATCHES = 100
"""Sections looked at for their words where not all are."""


class KnowledgeIndex:
    """Finds the sections of articles that may answer a question. It never changes: a new one is made beside it."""

    def __init__(
        self,
        material: Material,
        embedder: Embedder,
        relevance: Relevance = UNCALIBRATED,
        rarity: Weights | None = None,
        exact_sections: int = EXACT_SECTIONS,
    ) -> None:
        """An index over what was prepared; `rarity` of n-grams is learnt from the sections where it is not given."""
        self._sections = material.sections
        self._places = {section.section_id: place for place, section in enumerate(material.sections)}
        _, documents = np.unique([section.document for section in material.sections], return_inverse=True)
        self._documents = documents
        self._embedder = embedder
        self._wording = Wording(material.counts, rarity)
        self._closeness = closeness(material, exact_sections)
        self.relevance = relevance

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        return int(self._documents.max(initial=-1)) + 1

    @property
    def sections(self) -> int:
        """How many sections they have."""
        return len(self._sections)

    @property
    def rarity(self) -> Weights:
        """How much each n-gram tells."""
        return self._wording.rarity

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        """At most `limit` hits, the best of each section, most relevant first; equal ones by their order."""
        del note
        matched = self._match(question, scope)
        ranked = np.argsort(-matched.scores, kind="stable")[:limit]
        return [self._hit(matched, int(row)) for row in ranked]

    def observe(self, question: str, answers: Sequence[str]) -> tuple[float, float, bool]:
        """Score, lead and truth of the best match, to calibrate on; `answers` are ids of articles that do answer."""
        matched = self._match(question)
        row = int(np.argmax(matched.scores))
        section = self._sections[int(matched.places[row])]
        return float(matched.scores[row]), self._lead(matched, row), section.document in answers

    def _match(self, question: str, scope: Scope | None = None) -> "_Matched":
        """The blended score per section, of all or of those that are worth it."""
        wanted = self._embedder.embed([question])[0]
        allowed = self._allowed(scope)
        places = self._closeness.propose(wanted, allowed)
        if len(places) == len(self._sections):
            words, pieces = self._wording.match(question)
        else:
            places = self._with_word_matches(question, places, allowed)
            words, pieces = self._wording.match_some(question, places)
        titles, wholes, best, chunks = self._closeness.compare(wanted, places)
        views = {"title": titles, "whole": wholes, "snippet": best, "words": words, "pieces": pieces}
        return _Matched(places=places, scores=blend(views), similarities=best, chunks=chunks)

    def _allowed(self, scope: Scope | None) -> Places | None:
        if scope is None or not (scope.areas or scope.kinds):
            return None
        inside = [
            (not scope.areas or section.area in scope.areas) and (not scope.kinds or section.kind in scope.kinds)
            for section in self._sections
        ]
        return np.flatnonzero(inside)

    def _with_word_matches(self, question: str, places: Places, allowed: Places | None) -> Places:
        """Sections that share rare words with the question are looked at even where their meaning seems far."""
        scores = self._wording.by_words(question)
        count = min(WORD_MATCHES, len(scores))
        nearest = np.argpartition(-scores, count - 1)[:count]
        nearest = nearest if allowed is None else np.intersect1d(nearest, allowed)
        return np.union1d(places, nearest)

    def _lead(self, matched: "_Matched", row: int) -> float:
        """How far a section is ahead of the best one of another article; negative if it is behind."""
        documents = self._documents[matched.places]
        others = matched.scores[documents != documents[row]]
        return float(matched.scores[row] - others.max()) if len(others) else float(matched.scores[row])

    def _hit(self, matched: "_Matched", row: int) -> Hit:
        section = self._sections[int(matched.places[row])]
        chunk = cut(section)[int(matched.chunks[row])]
        relevance = self.relevance.of(float(matched.scores[row]), self._lead(matched, row))
        return _as_hit(chunk, similarity=round(float(matched.similarities[row]), 4), relevance=round(relevance, 4))

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of a section in order, as hits of this relevance; empty for an unknown one."""
        place = self._places.get(article_id)
        if place is None:
            return []
        return [_as_hit(chunk, similarity=0.0, relevance=relevance) for chunk in cut(self._sections[place])]


@dataclass(frozen=True)
class _Matched:
    """Sections with their score, the cosine of their closest snippet, and its number; row by row."""

    places: Places
    scores: Scores
    similarities: Scores
    chunks: Places


def _as_hit(chunk: Chunk, *, similarity: float, relevance: float) -> Hit:
    return Hit(**chunk.model_dump(), similarity=similarity, relevance=relevance)


def embed_articles(articles: Sequence[Article], embedder: Embedder, progress: Progress = ignore) -> Vectors:
    """Titles, then whole articles, then snippets, one unit vector each, in the articles' order."""
    texts = [article.title for article in articles]
    texts += [f"{article.title} {article.text}" for article in articles]
    texts += [snippet for article in articles for snippet in snippets_of(whole(article))]
    parts = []
    step = 64
    for start in range(0, len(texts), step):
        progress(start / len(texts), "Indexing the articles")
        parts.append(embedder.embed(texts[start : start + step]))
    return np.concatenate(parts)


def material_of(articles: Sequence[Article], vectors: Vectors) -> Material:
    """Articles in one section each, with vectors as `embed_articles` returns them for the same articles."""
    sections = [whole(article) for article in articles]
    titles, wholes, snippets = np.split(vectors, [len(articles), 2 * len(articles)])
    return Material(
        sections=sections,
        titles=titles,
        wholes=wholes,
        snippets=snippets,
        lengths=np.array([len(snippets_of(section)) for section in sections], dtype=np.intp),
        counts=count([wording_of(section) for section in sections]),
    )


def index_corpus(
    articles: Sequence[Article], embedder: Embedder, relevance: Relevance = UNCALIBRATED
) -> KnowledgeIndex:
    """An index over any articles, in memory only."""
    return KnowledgeIndex(material_of(articles, embed_articles(articles, embedder)), embedder, relevance)


class ShippedIndex(KnowledgeIndex):
    """The index over the articles that came with the desk; keeps what it is made of, so that others can build on it."""

    def __init__(
        self, shipped: Sequence[Article], material: Material, embedder: Embedder, relevance: Relevance
    ) -> None:
        """An index over these articles, calibrated on questions about them."""
        super().__init__(material, embedder, relevance)
        self.shipped = tuple(shipped)
        self.material = material
        self.embedder = embedder


def open_knowledge(
    *, articles_dir: Path, questions_file: Path, cache_dir: Path, embedder: Embedder, progress: Progress = ignore
) -> ShippedIndex:
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
        index = KnowledgeIndex(material_of(articles, vectors), embedder)
        observed = []
        for number, (text, answers) in enumerate(questions):
            progress(0.7 + 0.3 * number / len(questions), "Calibrating relevance")
            observed.append(index.observe(text, answers))
        return {VECTORS: _packed(vectors), RELEVANCE: calibrate(observed).model_dump_json().encode()}

    # the seal matters: FAISS loads most damaged files without a word
    files = kept(cache_dir / f"knowledge-{digest(made_from)[:12]}", build)
    index = faiss.deserialize_index(np.frombuffer(files[VECTORS], dtype=np.uint8))
    material = material_of(articles, index.reconstruct_n(0, index.ntotal))
    return ShippedIndex(articles, material, embedder, Relevance.model_validate_json(files[RELEVANCE]))


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
