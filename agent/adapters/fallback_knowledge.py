"""Two indexes over the same articles: one with embeddings by API, and the embedded one for when the API is away."""

import logging

from agent.errors import EngineError
from agent.model import EngineCall, Hit
from agent.ports.knowledge import KnowledgeBase
from agent.ports.language import Note, unnoted

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

    def search(self, question: str, limit: int, note: Note = unnoted) -> list[Hit]:
        """At most `limit` hits, the best of each article, most relevant first."""
        try:
            return self._primary.search(question, limit, note)
        except EngineError as error:
            logger.warning("Searching with embeddings by API failed, the embedded index did it: %s", error)
            note(EngineCall(step="retrieve", engine="embedded index", trouble=str(error)))
            return self._spare.search(question, limit, note)

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of an article in order, as hits of this relevance; empty for an unknown article."""
        return self._spare.passages(article_id, relevance)
