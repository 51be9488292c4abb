"""The index of one desk: the articles that came with it and those that were added here, swapped in whole."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from threading import Lock, Thread
from time import monotonic

import numpy as np

from agent.errors import DeskError
from agent.knowledge.dense import EXACT_SECTIONS
from agent.knowledge.index import KnowledgeIndex, ShippedIndex
from agent.knowledge.material import Prepared, as_material, key_of, prepare
from agent.knowledge.prepared import PreparedFile, in_parts
from agent.knowledge.sections import HELP_ARTICLE, Cutting, Section, cut_up
from agent.model import Hit, KeptArticle, KeptArticles, Scope, ShippedArticle
from agent.ports.embeddings import Vectors
from agent.ports.language import Note, unnoted
from agent.ports.progress import Progress, ignore

LOOK_S = 1.0
"""Seconds between looks at the stamp: an article that another process took in is found this much later."""

RETRY_S = 30.0
"""How long the articles of before go on being searched when new ones could not be indexed."""

SECTIONS_AT_ONCE = 16
"""Read by the embedder in one go and kept; what a process that dies has done until then is not done again."""

QUESTIONS_AT_ONCE = 32

logger = logging.getLogger(__name__)


class GrowingKnowledge:
    """Searches the shipped articles together with those that are kept at the desk; any thread may ask.

    Rarity of words and calibration stay those of the shipped articles, so that theirs do not change by what is added.
    """

    def __init__(
        self,
        base: ShippedIndex,
        kept: Callable[[], KeptArticles],
        stamp: Callable[[], str],
        prepared: PreparedFile,
        *,
        seconds: Callable[[], float] = monotonic,
        exact_sections: int = EXACT_SECTIONS,
    ) -> None:
        """`kept` reads the articles of this desk, `stamp` cheaply what changes with them; nothing is read yet."""
        self._base = base
        self._kept = kept
        self._read_stamp = stamp
        self._prepared = prepared
        self._seconds = seconds
        self._exact_sections = exact_sections
        self._current: KnowledgeIndex = base
        self._stamp: str | None = None
        self._made_of = _digest(KeptArticles())
        self._look_at = 0.0
        self._looking = Lock()
        self._building = Lock()

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        return self._index().articles

    @property
    def sections(self) -> int:
        """How many sections are indexed."""
        return self._index().sections

    @property
    def shipped(self) -> Sequence[ShippedArticle]:
        """The articles that came with the desk."""
        return [
            ShippedArticle(
                article_id=one.article_id,
                title=one.title,
                text=one.text,
                area=one.category,
                kind=HELP_ARTICLE,
                tags=one.tags,
                updated=one.updated.isoformat() if one.updated else "",
            )
            for one in self._base.shipped
        ]

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        """At most `limit` hits within the scope, the best of each section, most relevant first."""
        return self._index().search(question, limit, note, scope)

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of a section in order, as hits of this relevance; empty for an unknown one."""
        return self._index().passages(article_id, relevance)

    def prepare(self, articles: Sequence[KeptArticle], progress: Progress = ignore) -> None:
        """Read the sections of these articles that were never read before, and keep what was read."""
        sections = {self._key(section): section for article in articles for section in _sections(article)}
        known = self._prepared.known(list(sections))
        missing = [(key, section) for key, section in sections.items() if key not in known]
        done = 0
        for some in in_parts(missing, SECTIONS_AT_ONCE):
            progress(done / len(missing), f"Indexing, section {done + 1} of {len(missing)}")
            self._prepare(some)
            done += len(some)

    def _prepare(self, missing: Sequence[tuple[str, Section]]) -> dict[str, Prepared]:
        keys, sections = [key for key, _ in missing], [section for _, section in missing]
        found = dict(zip(keys, prepare(sections, self._base.embedder), strict=True))
        self._prepared.keep(found)
        return found

    def renew(self) -> None:
        """Build an index over what is kept now beside the one in use, then use it."""
        with self._building:
            stamp = self._read_stamp()
            if stamp == self._stamp:
                return
            kept = self._kept()
            made_of = _digest(kept)
            if made_of != self._made_of:
                self._current = self._built(kept)
            self._stamp, self._made_of = kept.stamp, made_of

    def _built(self, kept: KeptArticles) -> KnowledgeIndex:
        if not kept.articles and not kept.hidden:
            return self._base
        sections = [section for article in kept.articles for section in _sections(article)]
        own = as_material(sections, self._all_prepared(sections), self._base.material.titles.shape[1])
        return KnowledgeIndex(
            self._base.material.without(kept.hidden).joined(own),
            self._base.embedder,
            self._base.relevance,
            self._base.rarity,
            self._exact_sections,
        )

    def _all_prepared(self, sections: Sequence[Section]) -> list[Prepared]:
        keys = [self._key(section) for section in sections]
        found = self._prepared.read(list(dict.fromkeys(keys)))
        missing = {key: section for key, section in zip(keys, sections, strict=True) if key not in found}
        for some in in_parts(missing.items(), SECTIONS_AT_ONCE):
            found |= self._prepare(some)
        return [found[key] for key in keys]

    def forget_old(self) -> None:
        """Drop what was prepared of articles that are no longer kept."""
        keys = {self._key(section) for article in self._kept().articles for section in _sections(article)}
        self._prepared.forget_all_but(self._name("section"), keys)

    def embed(self, questions: Sequence[str], progress: Progress = ignore) -> Vectors:
        """A unit vector for each question; those of old questions are remembered."""
        if not questions:
            return np.zeros((0, self._base.material.titles.shape[1]), dtype=np.float32)
        keys = [self._name("question") + hashlib.sha256(one.encode()).hexdigest() for one in questions]
        found = {key: one.vectors[0] for key, one in self._prepared.read(list(dict.fromkeys(keys))).items()}
        missing = {key: one for key, one in zip(keys, questions, strict=True) if key not in found}
        nothing = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        done = 0
        # of one length together: little is padded then
        for some in in_parts(sorted(missing.items(), key=lambda item: len(item[1])), QUESTIONS_AT_ONCE):
            progress(done / len(missing), f"Reading questions, {done:,} of {len(missing):,}")
            vectors = self._base.embedder.embed([question for _, question in some])
            new = {key: vector for (key, _), vector in zip(some, vectors, strict=True)}
            self._prepared.keep({key: Prepared(vector[np.newaxis], *nothing) for key, vector in new.items()})
            found |= new
            done += len(some)
        return np.stack([found[key] for key in keys])

    def close(self) -> None:
        """Give the file back."""
        with self._building:
            self._prepared.close()

    def _index(self) -> KnowledgeIndex:
        """The index to search now; once a second at most somebody looks whether there is a newer one to be made."""
        # the first look is waited for: until then the articles of this desk would be missing
        if self._seconds() >= self._look_at and self._looking.acquire(blocking=self._stamp is None):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._current

    def _look(self) -> None:
        if self._seconds() < self._look_at:
            return
        self._look_at = self._seconds() + LOOK_S
        try:
            if self._read_stamp() == self._stamp:
                return
        except DeskError as error:
            logger.warning("Whether articles changed could not be seen: %s", error)
            return
        if self._stamp is None:  # nothing was searched yet, so nothing is held up
            self._try_to_renew()
        elif not self._building.locked():
            Thread(target=self._try_to_renew, name="index", daemon=True).start()

    def _try_to_renew(self) -> None:
        try:
            self.renew()
        except Exception:
            # whatever it is, what was there before goes on being searched
            logger.exception("Changed articles could not be indexed; those of before are searched, trying again later")
            self._look_at = self._seconds() + RETRY_S

    def _key(self, section: Section) -> str:
        return self._name("section") + key_of(section)

    def _name(self, what: str) -> str:
        return f"{what} {self._base.embedder.fingerprint} "


def _digest(kept: KeptArticles) -> str:
    """Of everything but the stamp, which also grows when nothing changed."""
    found = hashlib.sha256(repr(sorted(kept.hidden)).encode())
    for article in kept.articles:
        found.update(article.model_dump_json().encode())
    return found.hexdigest()


def _sections(article: KeptArticle) -> Iterator[Section]:
    one = Section(
        article.article_id, article.article_id, article.title, article.text, article.tags, article.area, article.kind
    )
    yield from cut_up(one, Cutting(tokens=article.tokens, overlap=article.overlap))
