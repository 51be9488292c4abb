"""The list of articles, with how they are used."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import InvalidDecisionError
from agent.knowledge.sections import document_of
from agent.model import ArticleStatus, ArticleSummary, ArticleView, ShippedArticle
from agent.ports.knowledge import as_growing
from agent.store import articles, gaps

STALE_DAYS = 365
"""An article that nobody has checked for longer may be out of date."""


def list_articles(
    office: Backoffice, *, search: str, area: str | None, kind: str | None, status: ArticleStatus
) -> list[ArticleSummary]:
    """The articles of a status that match, by title."""
    with office.database.read() as connection:
        figures = _figures(connection)
        found = [
            _with_figures(one, figures, office.now())
            for one in _all_articles(office, connection)
            if one.status == status
            and (area is None or one.area == area)
            and (kind is None or one.kind == kind)
            and _matches(one, search)
        ]
    kept = ArticleSummary.model_fields
    rows = [ArticleSummary.model_validate(one.model_dump(include=set(kept))) for one in found]
    return sorted(rows, key=lambda one: (one.title.casefold(), one.article_id))


def get_article(office: Backoffice, article_id: str) -> ArticleView:
    """The article of this id, or that a section of this id belongs to; raises InvalidDecisionError if there is none."""
    wanted = document_of(article_id)
    with office.database.read() as connection:
        for one in _all_articles(office, connection):
            if one.article_id == wanted:
                return _with_figures(one, _figures(connection), office.now())
    raise unknown(article_id)


def unknown(article_id: str) -> InvalidDecisionError:
    """That there is no such article."""
    return InvalidDecisionError(f"There is no article {article_id!r}; nothing was changed. Take its id from the list.")


def shipped_articles(office: Backoffice) -> dict[str, ShippedArticle]:
    """The articles that came with the desk, by id."""
    knowledge = as_growing(office.services.knowledge)
    shipped = knowledge.shipped if knowledge is not None else ()
    return {one.article_id: one for one in shipped}


def shipped_view(one: ShippedArticle) -> ArticleView:
    """An article that came with the desk, as the list shows it."""
    return ArticleView(
        article_id=one.article_id,
        title=one.title,
        area=one.area,
        kind=one.kind,
        status="live",
        updated=one.updated,
        source=articles.SHIPPED,
        place="",
        text=one.text,
        tags=one.tags,
    )


def _all_articles(office: Backoffice, connection: Connection) -> Iterator[ArticleView]:
    kept = [articles.view_of(row) for row in articles.list_rows(connection)]
    yield from kept
    replaced = {one.article_id for one in kept}
    yield from (shipped_view(one) for one in shipped_articles(office).values() if one.article_id not in replaced)


def _figures(connection: Connection) -> dict[str, tuple[int, int, int]]:
    """Per article: turns that cited it, ratings of those turns, and their sum."""
    turns: Counter[str] = Counter()
    rated: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for cited, count, ratings, total in gaps.citations(connection):
        for article_id in {document_of(section) for section in cited.split(",")}:
            turns[article_id] += count
            rated[article_id] += ratings
            points[article_id] += total
    return {article_id: (turns[article_id], rated[article_id], points[article_id]) for article_id in turns}


def _with_figures(one: ArticleView, figures: dict[str, tuple[int, int, int]], now: str) -> ArticleView:
    cited, ratings, points = figures.get(one.article_id, (0, 0, 0))
    return one.model_copy(
        update={
            "cited": cited,
            "ratings": ratings,
            "rating": round(points / ratings, 2) if ratings else None,
            "stale": bool(one.updated) and _days_between(one.updated, now) > STALE_DAYS,
        }
    )


def _days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days


def _matches(one: ArticleView, search: str) -> bool:
    wanted = search.casefold().split()
    hay = " ".join([one.article_id, one.title, one.text, *one.tags]).casefold() if wanted else ""
    return all(word in hay for word in wanted)
