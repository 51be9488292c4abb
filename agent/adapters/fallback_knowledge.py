"""Two indexes over the same articles: one with embeddings by API, and the embedded one for when the API is away."""

import logging
from collections.abc import Callable, Sequence

from agent.errors import DeskError, EngineError
from agent.model import EngineCall, Hit, KeptArticle, Scope, ShippedArticle
from agent.ports.embeddings import Vectors
from agent.ports.knowledge import GrowingKnowledgeBase, KnowledgeBase, as_growing
from agent.ports.language import Note, unnoted
from agent.ports.progress import Progress, ignore

logger = logging.getLogger(__name__)


class FallbackKnowledge:
    """Searches with `primary`, and with `spare` where that fails; each has its own calibration of relevance."""

    def __init__(self, primary: KnowledgeBase, spare: KnowledgeBase) -> None:
        """Both hold the same articles."""
        self._primary = primary
        self._spare = spare

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        return self._spare.articles

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        """At most `limit` hits within the scope, the best of each section of an article, most relevant first."""
        try:
            return self._primary.search(question, limit, note, scope)
        except EngineError as error:
            logger.warning("Searching with embeddings by API failed, the embedded index did it: %s", error)
            note(EngineCall(step="retrieve", engine="embedded index", trouble=str(error)))
            return self._spare.search(question, limit, note, scope)

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of a section in order, as hits of this relevance; empty for an unknown one."""
        return self._spare.passages(article_id, relevance)

    def each(self, change: Callable[[KnowledgeBase], KnowledgeBase]) -> "FallbackKnowledge | GrowingFallback":
        """The same with both changed."""
        primary, spare = change(self._primary), change(self._spare)
        growing, growing_spare = as_growing(primary), as_growing(spare)
        if growing is not None and growing_spare is not None:
            return GrowingFallback(growing, growing_spare)
        return FallbackKnowledge(primary, spare)


class GrowingFallback(FallbackKnowledge):
    """The same for indexes that take in articles. While the API is away, its index goes on with those of before."""

    def __init__(self, primary: GrowingKnowledgeBase, spare: GrowingKnowledgeBase) -> None:
        """Both hold the same articles."""
        super().__init__(primary, spare)
        self._new_first, self._sure = primary, spare

    @property
    def sections(self) -> int:
        """How many sections are indexed."""
        return self._sure.sections

    @property
    def shipped(self) -> Sequence[ShippedArticle]:
        """The articles that came with the desk."""
        return self._sure.shipped

    def prepare(self, articles: Sequence[KeptArticle], progress: Progress = ignore) -> None:
        """Prepare both; the one by API may fail."""
        self._sure.prepare(articles, lambda share, doing: progress(share / 2, doing))
        self._try(lambda: self._new_first.prepare(articles, lambda share, doing: progress((1 + share) / 2, doing)))

    def renew(self) -> None:
        """Renew both; the one by API may fail."""
        self._sure.renew()
        self._try(self._new_first.renew)

    def forget_old(self) -> None:
        """Drop what was prepared of articles that are kept no longer."""
        self._new_first.forget_old()
        self._sure.forget_old()

    def embed(self, questions: Sequence[str], progress: Progress = ignore) -> Vectors:
        """A unit vector for each question, without the API."""
        return self._sure.embed(questions, progress)

    def close(self) -> None:
        """Give files back."""
        for one in (self._new_first, self._sure):
            one.close()

    @staticmethod
    def _try(do: Callable[[], None]) -> None:
        try:
            do()
        except DeskError as error:
            logger.warning("New articles are not yet searched with embeddings by API: %s", error)
