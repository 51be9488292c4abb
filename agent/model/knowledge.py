"""Articles that people look after, runs of taking them in, and questions that nobody has answered yet."""

from typing import Literal

from agent.model.value import Value

ArticleStatus = Literal["live", "draft", "removed"]
IngestionStatus = Literal["running", "done", "failed", "cut off"]


class Scope(Value):
    """Where to search; an empty tuple means everywhere."""

    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class ShippedArticle(Value):
    """An article that came with the desk."""

    article_id: str
    title: str
    text: str
    area: str
    kind: str
    tags: tuple[str, ...]
    updated: str


class KeptArticle(Value):
    """An article that is kept at this desk, and how it is cut where it is long, in tokens."""

    article_id: str
    title: str
    text: str
    area: str
    kind: str
    tags: tuple[str, ...] = ()
    tokens: int = 512
    overlap: int = 50


class KeptArticles(Value):
    """What is in force at this desk: `hidden` are shipped articles that were replaced or removed.

    `stamp` changes with every change.
    """

    articles: tuple[KeptArticle, ...] = ()
    hidden: frozenset[str] = frozenset()
    stamp: str = ""


class ArticleSummary(Value):
    """A row of the list of articles.

    `source` is "shipped" for those that came with the desk, "upload", "desk" for those written here, or the folder they
    were read from, and `place` the file's name in it. `cited` counts the turns whose answer named the article;
    `rating` is the mean of what customers said about those turns, 1 to 5, None without a rating. `stale` articles were
    last checked more than a year ago. `updated` is a day (`2026-10-12`), "" if nobody knows.
    """

    article_id: str
    title: str
    area: str
    kind: str
    status: ArticleStatus
    updated: str
    source: str
    place: str
    cited: int = 0
    rating: float | None = None
    ratings: int = 0
    stale: bool = False


class ArticleView(ArticleSummary):
    """One article with its text in Markdown. `replaces` names the live article that a draft would take the place of.

    `version` counts how often a draft was saved, the last time by `saved_by` at `saved_at`.
    """

    text: str
    tags: tuple[str, ...] = ()
    added_by: str = ""
    added_at: str = ""
    approved_by: str | None = None
    approved_at: str | None = None
    review_id: str | None = None
    version: int = 1
    saved_by: str = ""
    saved_at: str = ""
    replaces: str | None = None


class FileRemark(Value):
    """A file and what is to be said of it."""

    file: str
    why: str


class IngestionReport(Value):
    """What taking articles in came to, in files, and the index after it.

    `failed` files were not taken in; an older version of them stays. `ignored` counts files of other kinds. `notes`
    tell what was taken in otherwise than written. `tokens` and `overlap` are how long documents were cut.
    """

    found: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[FileRemark, ...] = ()
    notes: tuple[FileRemark, ...] = ()
    ignored: int = 0
    articles: int = 0
    sections: int = 0
    seconds: float = 0.0
    tokens: int = 0
    overlap: int = 0

    @property
    def came_to_nothing(self) -> bool:
        """Whether nothing could be taken in, and nothing left either."""
        return not (self.added or self.changed or self.unchanged or self.removed)


class Ingestion(Value):
    """One run of taking articles in; `why` says why it failed."""

    ingestion_id: str
    source: str
    started_by: str
    started_at: str
    finished_at: str | None
    status: IngestionStatus
    report: IngestionReport
    why: str = ""


class GapQuestion(Value):
    """A question that no article answered; `best_article` came nearest."""

    turn_id: str
    thread_id: str
    text: str
    relevance: float
    asked_at: str
    best_article: str | None


class GapExample(Value):
    """One question of a gap in the customer's words, and the conversation in which it was asked."""

    text: str
    thread_id: str


class Gap(Value):
    """Questions about one thing that no article answered well enough, the most typical first.

    `gap_id` stays while more of the same is asked. `name` is the most typical question without greeting and what is
    nobody's business, `words` what sets them apart from other questions.
    """

    gap_id: str
    name: str
    words: tuple[str, ...]
    count: int
    mean_relevance: float
    last_asked: str
    examples: tuple[GapExample, ...]
    turn_ids: tuple[str, ...]
    best_article: str | None


class ArticleDraft(Value):
    """What an article could say, before anybody has looked at it."""

    title: str
    text: str


class AskedQuestion(Value):
    """An old question, and how likely an answer was before and is now.

    `answered_after` says that the desk would send an answer by itself; where it would not, `why` names the rules that
    keep it back, or the one that reads the message as something else, with commas between.
    """

    turn_id: str
    text: str
    relevance_before: float
    relevance_after: float
    answered_before: bool
    answered_after: bool
    why: str = ""


class AskedAgain(Value):
    """Old questions that were asked again after an article came; nobody was sent anything."""

    article_id: str
    asked: int
    answered_before: int
    answered_after: int
    questions: tuple[AskedQuestion, ...]
