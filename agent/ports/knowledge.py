"""The knowledge base as the desk asks it."""

from typing import Protocol

from agent.model import Hit
from agent.ports.language import Note, unnoted


class KnowledgeBase(Protocol):
    """Finds the passages that may answer a question."""

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        ...

    def search(self, question: str, limit: int, note: Note = unnoted) -> list[Hit]:
        """At most `limit` hits, the best of each article, most relevant first."""
        ...

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of an article in order, as hits of this relevance; empty for an unknown article."""
        ...
