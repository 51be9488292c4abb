"""The knowledge base as the desk asks it, and as people add to it."""

from collections.abc import Sequence
from typing import Protocol, cast

from agent.model import Hit, KeptArticle, Scope, ShippedArticle
from agent.ports.embeddings import Vectors
from agent.ports.language import Note, unnoted
from agent.ports.progress import Progress, ignore


class KnowledgeBase(Protocol):
    """Finds the passages that may answer a question."""

    @property
    def articles(self) -> int:
        """How many articles are indexed."""
        ...

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        """At most `limit` hits within the scope, the best of each section of an article, most relevant first."""
        ...

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """All snippets of a section in order, as hits of this relevance; empty for an unknown one."""
        ...


class GrowingKnowledgeBase(KnowledgeBase, Protocol):
    """A knowledge base that takes in articles while it is asked."""

    @property
    def sections(self) -> int:
        """How many sections are indexed; a short article is one."""
        ...

    @property
    def shipped(self) -> Sequence[ShippedArticle]:
        """The articles that came with the desk, also those that were replaced or removed here."""
        ...

    def prepare(self, articles: Sequence[KeptArticle], progress: Progress = ignore) -> None:
        """Do the slow part for articles that are about to be kept, so that `renew` is quick; changes nothing yet."""
        ...

    def renew(self) -> None:
        """Search what is kept now; returns when it does. Searches go on meanwhile, with what was there before."""
        ...

    def forget_old(self) -> None:
        """Drop what was prepared of articles that are kept no longer."""
        ...

    def embed(self, questions: Sequence[str], progress: Progress = ignore) -> Vectors:
        """A unit vector for each question; those of old questions are remembered."""
        ...

    def close(self) -> None:
        """Give files back."""
        ...


def as_growing(knowledge: KnowledgeBase) -> GrowingKnowledgeBase | None:
    """The same if it takes articles in, else None."""
    # by one name and not by the whole protocol, which would read every property
    return cast("GrowingKnowledgeBase", knowledge) if hasattr(knowledge, "renew") else None
