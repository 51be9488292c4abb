"""Articles kept at this desk, and the journal of how they came and went."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from agent.canonical import canonical_json, digest
from agent.knowledge.sections import Cutting
from agent.model import ArticleView, Ingestion, IngestionReport, IngestionStatus, KeptArticle, KeptArticles
from agent.store.database import Database
from agent.store.tables import articles, ingestions

DESK, UPLOAD, SHIPPED = "desk", "upload", "shipped"
"""Sources that are no folder: written here, brought as files, came with the desk."""


class ArticleShelf:
    """What is in force, for whoever searches it."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def stamp(self) -> str:
        """Changes with every change of what is in force; a look at a short table."""
        with self._database.read() as connection:
            return stamp_of(connection)

    def kept(self) -> KeptArticles:
        """Every live article; of several with the same title and text the first by id."""
        with self._database.read() as connection:
            cuttings = _cuttings(connection)
            in_force = articles.c.status.in_(("live", "removed"))
            found = connection.execute(select(articles).where(in_force).order_by(articles.c.article_id))
            rows = found.mappings().all()
            stamp = stamp_of(connection)
        first: dict[str, KeptArticle] = {}
        for row in rows:
            if row["status"] == "live":
                one = KeptArticle(
                    article_id=row["article_id"],
                    title=row["title"],
                    text=row["text"],
                    area=row["area"],
                    kind=row["kind"],
                    tags=tuple(json.loads(row["tags"])),
                    **cuttings.get(row["source"], {}),
                )
                first.setdefault(digest([one.title, one.text]), one)
        return KeptArticles(
            articles=tuple(first.values()), hidden=frozenset(row["article_id"] for row in rows), stamp=stamp
        )


def stamp_of(connection: Connection) -> str:
    """Grows with the journal."""
    found = connection.execute(
        select(func.count(), func.max(ingestions.c.finished_at)).where(ingestions.c.status == "done")
    ).one()
    return f"{found[0]} {found[1]}"


def _cuttings(connection: Connection) -> dict[str, dict[str, int]]:
    """How documents of each source are cut: as its latest run said."""
    rows = connection.execute(
        select(ingestions.c.source, ingestions.c.report)
        .where(ingestions.c.status == "done")
        .order_by(ingestions.c.finished_at)
    )
    found = {}
    for source, report in rows:
        cut = json.loads(report).get("report", {})
        if cut.get("tokens"):
            found[source] = {"tokens": cut["tokens"], "overlap": cut["overlap"]}
    return found


def cutting_of(connection: Connection, source: str) -> Cutting | None:
    """How documents of this source were cut the last time."""
    known = _cuttings(connection).get(source)
    return None if known is None else Cutting(**known)


def note_failed(connection: Connection, *, source: str, by: str, at: str, why: str) -> None:
    """A run that could not even begin."""
    connection.execute(
        insert(ingestions).values(
            ingestion_id=str(uuid4()),
            source=source,
            started_by=by,
            started_at=at,
            finished_at=at,
            status="failed",
            report=_journal(IngestionReport(), why),
        )
    )


def find_article(connection: Connection, article_id: str) -> RowMapping | None:
    """The row of an article kept here."""
    return connection.execute(select(articles).where(articles.c.article_id == article_id)).mappings().first()


def drafts_for(connection: Connection, article_id: str) -> list[str]:
    """The drafts that are to take the place of this live article."""
    wanted = select(articles.c.article_id).where(
        articles.c.status == "draft", articles.c.source == DESK, articles.c.place == article_id
    )
    return list(connection.execute(wanted).scalars())


def article_of_review(connection: Connection, review_id: str) -> str | None:
    """The article, live or draft, that was made of a review; the first of several."""
    return connection.execute(
        select(articles.c.article_id)
        .where(articles.c.review_id == review_id, articles.c.status != "removed")
        .order_by(articles.c.added_at)
        .limit(1)
    ).scalar()


def rows_of_source(connection: Connection, source: str) -> dict[str, RowMapping]:
    """The rows of a source by place."""
    rows = connection.execute(select(articles).where(articles.c.source == source)).mappings()
    return {row["place"]: row for row in rows}


def all_ids(connection: Connection) -> set[str]:
    """Every id that is taken here."""
    return set(connection.execute(select(articles.c.article_id)).scalars())


def list_rows(connection: Connection) -> list[RowMapping]:
    """Every article kept here, by id."""
    return list(connection.execute(select(articles).order_by(articles.c.article_id)).mappings())


def add_article(connection: Connection, row: dict[str, Any]) -> None:
    """Keep a new article."""
    connection.execute(insert(articles).values(row))


def change_article(connection: Connection, article_id: str, changes: dict[str, Any]) -> None:
    """Change some of an article's columns."""
    connection.execute(update(articles).where(articles.c.article_id == article_id).values(changes))


def delete_articles(connection: Connection, ids: Sequence[str]) -> None:
    """Drop articles for good."""
    for article_id in ids:
        connection.execute(delete(articles).where(articles.c.article_id == article_id))


def view_of(row: RowMapping) -> ArticleView:
    """A row as a value, without figures; a draft for another article's place has that in its own `place`."""
    is_replacement = row["source"] == DESK and row["status"] == "draft" and row["place"]
    return ArticleView(
        article_id=row["article_id"],
        title=row["title"],
        area=row["area"],
        kind=row["kind"],
        status=row["status"],
        updated=row["updated_at"][:10],
        source=row["source"],
        place="" if is_replacement else row["place"],
        text=row["text"],
        tags=tuple(json.loads(row["tags"])),
        added_by=row["added_by"],
        added_at=row["added_at"],
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
        review_id=row["review_id"],
        version=row["version"],
        saved_by=row["saved_by"] or row["added_by"],
        saved_at=row["saved_at"] or row["added_at"],
        replaces=row["place"] if is_replacement else None,
    )


def begin_ingestion(connection: Connection, *, source: str, by: str, at: str) -> str:
    """Write down that somebody began; runs that are still open were cut off, since one at a time may run."""
    connection.execute(
        update(ingestions).where(ingestions.c.status == "running").values(status="cut off", finished_at=at)
    )
    ingestion_id = str(uuid4())
    connection.execute(
        insert(ingestions).values(
            ingestion_id=ingestion_id,
            source=source,
            started_by=by,
            started_at=at,
            status="running",
            report=_journal(IngestionReport()),
        )
    )
    return ingestion_id


def end_ingestion(
    connection: Connection,
    ingestion_id: str,
    *,
    status: IngestionStatus,
    report: IngestionReport,
    at: str,
    why: str = "",
) -> None:
    """Write down what came of it; "done" in the transaction of the change itself."""
    connection.execute(
        update(ingestions)
        .where(ingestions.c.ingestion_id == ingestion_id)
        .values(status=status, finished_at=at, report=_journal(report, why))
    )


def note_report(connection: Connection, ingestion_id: str, report: IngestionReport) -> None:
    """Put in the figures that are only known once the index is renewed."""
    connection.execute(
        update(ingestions).where(ingestions.c.ingestion_id == ingestion_id).values(report=_journal(report))
    )


def note_change(connection: Connection, *, by: str, at: str) -> None:
    """A change by hand, in the transaction of the change, so that every process sees that there is one."""
    connection.execute(
        insert(ingestions).values(
            ingestion_id=str(uuid4()),
            source=DESK,
            started_by=by,
            started_at=at,
            finished_at=at,
            status="done",
            report=_journal(IngestionReport()),
        )
    )


def running_ingestion(connection: Connection) -> Ingestion | None:
    """The run that was written down as open."""
    row = (
        connection.execute(
            select(ingestions).where(ingestions.c.status == "running").order_by(ingestions.c.started_at.desc()).limit(1)
        )
        .mappings()
        .first()
    )
    return _ingestion(row) if row is not None else None


def last_ingestions(connection: Connection, limit: int) -> list[Ingestion]:
    """The latest runs, the newest first; changes by hand are none."""
    rows = connection.execute(
        select(ingestions).where(ingestions.c.source != DESK).order_by(ingestions.c.started_at.desc()).limit(limit)
    ).mappings()
    return [_ingestion(row) for row in rows]


def folders(connection: Connection) -> dict[str, Ingestion]:
    """Folders that articles were taken in from, each with its latest run that is not cut off."""
    rows = connection.execute(
        select(ingestions)
        .where(ingestions.c.source.not_in((DESK, UPLOAD)), ingestions.c.status.in_(("done", "failed")))
        .order_by(ingestions.c.started_at)
    ).mappings()
    runs = [_ingestion(row) for row in rows]
    known = {run.source for run in runs if run.status == "done"}
    return {run.source: run for run in runs if run.source in known}


def _journal(report: IngestionReport, why: str = "") -> str:
    return canonical_json({"report": report.model_dump(mode="json"), "why": why})


def _ingestion(row: RowMapping) -> Ingestion:
    written = json.loads(row["report"])
    return Ingestion(
        ingestion_id=row["ingestion_id"],
        source=row["source"],
        started_by=row["started_by"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        status=row["status"],
        report=IngestionReport.model_validate(written["report"]),
        why=written["why"],
    )
