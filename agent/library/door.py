"""The library: what people do with articles. Reached as `desk.library`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

from sqlalchemy import Connection, RowMapping

from agent.backoffice import Backoffice
from agent.canonical import canonical_json
from agent.errors import ConflictError
from agent.knowledge.documents import sha256_of
from agent.knowledge.sections import Cutting, document_of
from agent.library import asking_again, catalogue, drafting, drafts
from agent.library.documents_folder import DocumentsFolder
from agent.library.drafts import Filing
from agent.library.gaps import GapFinder
from agent.library.nightly import take_in_again
from agent.library.taking_in import Intake, folder_source, growing, upload_source
from agent.model import (
    ArticleStatus,
    ArticleSummary,
    ArticleView,
    AskedAgain,
    Gap,
    GapQuestion,
    Hit,
    Identity,
    Ingestion,
    IngestionReport,
    KeptArticle,
    Role,
    Scope,
)
from agent.ports.knowledge import as_growing
from agent.ports.progress import Progress, ignore
from agent.protocols.authority import authorise
from agent.protocols.decide import get_review
from agent.store import articles, gaps

CURATORS: frozenset[Role] = frozenset({"analyst", "lead", "admin"})
"""Who may change articles; everybody with a role may look."""

ASKED_AT_MOST = 500
"""Old questions that are asked again for one article, the newest first."""


class Library:
    """Articles, where they come from, what is missing among them, and what a new one would have answered."""

    def __init__(self, office: Backoffice, documents: Path) -> None:
        """Look after the articles of this office; `documents` is where the pages may take folders from."""
        self._office = office
        self._documents = DocumentsFolder(documents)
        self._intake = Intake(office)
        self._gaps = GapFinder(office)

    @property
    def documents(self) -> Path:
        """The folder of the server out of which pages may take articles in."""
        return self._documents.path

    def articles(
        self, *, search: str = "", area: str | None = None, kind: str | None = None, status: ArticleStatus = "live"
    ) -> list[ArticleSummary]:
        """The articles of a status, by title; `search` are words that all stand in them."""
        return catalogue.list_articles(self._office, search=search, area=area, kind=kind, status=status)

    def article(self, article_id: str) -> ArticleView:
        """One article with its text; a section's id gives its article. Raises InvalidDecisionError for none."""
        return catalogue.get_article(self._office, article_id)

    def search(self, question: str, scope: Scope | None = None, limit: int = 5) -> list[Hit]:
        """What a customer's question would find."""
        return self._office.services.knowledge.search(question, limit, scope=scope)

    def ingest_folder(
        self, path: Path, by: Identity, progress: Progress = ignore, cutting: Cutting | None = None
    ) -> IngestionReport:
        """Take in a folder with all that is in it; articles whose file is gone leave.

        Whoever is not at the command line only takes in what lies in the folder for documents; a relative path starts
        there. Raises ForbiddenError, ConflictError if somebody is at it already, UnreadableError if there is no such
        folder; nothing is changed then.
        """
        who = self._curator(by)
        if self._documents.may_leave(who):
            source = folder_source(path)
        else:
            source = folder_source(self._documents.place(path), self._documents.holds)
        return self._intake.take_in(source, who, cutting and cutting.checked(), progress)

    def ingest_files(
        self,
        files: Sequence[tuple[str, bytes]],
        by: Identity,
        progress: Progress = ignore,
        cutting: Cutting | None = None,
    ) -> IngestionReport:
        """Take in files by name and content; one of the same name replaces an earlier one. Raises as above."""
        who = self._curator(by)
        return self._intake.take_in(upload_source(files), who, cutting and cutting.checked(), progress)

    def last_ingestions(self, limit: int = 20) -> list[Ingestion]:
        """The latest runs, the newest first."""
        with self._office.database.read() as connection:
            return articles.last_ingestions(connection, limit)

    def take_in_again(self) -> None:
        """Take folders in again that were taken in before, once a day; does nothing before it is time."""
        if as_growing(self._office.services.knowledge) is not None:
            take_in_again(self._office, self._intake, self._documents)

    def close(self) -> None:
        """End what is being taken in at its next step."""
        self._intake.stop()

    def remove(self, article_id: str, by: Identity) -> None:
        """Take an article out, also if its file is still there; a draft is dropped for good."""
        shipped = catalogue.shipped_articles(self._office)
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            row = articles.find_article(connection, article_id)
            if row is not None and row["status"] == "removed":
                message = f"Article {article_id} was removed before; nothing was changed."
                raise ConflictError(message)
            if row is None and article_id not in shipped:
                raise catalogue.unknown(article_id)
            if row is None:
                copy = self._copy_of(catalogue.shipped_view(shipped[article_id]), who)
                articles.add_article(connection, {**copy, "status": "removed"})
            elif row["status"] == "draft":
                articles.delete_articles(connection, [article_id])
            else:
                articles.change_article(connection, article_id, {"status": "removed"})
            self._note(connection, who, "article_removed", article_id)
        self._renewed()

    def restore(self, article_id: str, by: Identity) -> None:
        """Bring a removed article back."""
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            row = articles.find_article(connection, article_id)
            if row is None or row["status"] != "removed":
                message = f"Article {article_id} was not removed; nothing was changed."
                raise ConflictError(message)
            articles.change_article(connection, article_id, {"status": "live"})
            self._note(connection, who, "article_restored", article_id)
        self._renewed()

    def gaps(self, since: str | None = None, progress: Progress = ignore) -> list[Gap]:
        """What customers ask and no article answers, the most frequent first; `since` is a time as text.

        Every question is read once by the embedder: the first look at thousands of them takes a while.
        """
        return self._gaps.find(since, progress)

    def draft_from_review(self, review_id: str, by: Identity) -> ArticleView:
        """A draft from what a person answered in a review; the one that there is, if it was made before.

        Raises InvalidDecisionError if nobody answered a question there; nothing is changed then.
        """
        review = get_review(self._office, review_id)
        with self._office.database.read() as connection:
            self._curator_in(connection, by)
            made = articles.article_of_review(connection, review_id)
        if made is not None:
            return self.article(made)
        draft = drafting.draft_of(self._office, review)
        fields = {**drafts.written(self._office, draft.title, draft.text), "review_id": review_id}
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            made = articles.article_of_review(connection, review_id)  # by somebody else in the same moment
            kept = made or drafts.add_draft(self._office, connection, who, fields)
        return self.article(kept)

    def save_draft(
        self,
        *,
        title: str,
        text: str,
        by: Identity,
        article_id: str | None = None,
        based_on: int | None = None,
        **filed: Unpack[Filing],
    ) -> ArticleView:
        """Keep a draft: a new one, an edited one, or one that is to take the place of a live article.

        Where there is a draft already, `based_on` is the version of it that was looked at. Raises ConflictError, saying
        who saved when, if another came after it; InvalidDecisionError for an empty or overlong text. Nothing is kept
        then.
        """
        fields = {**drafts.filing(filed), **drafts.written(self._office, title, text)}
        current = self.article(article_id) if article_id is not None else None
        if current is not None and current.status == "removed":
            message = f"Article {article_id} was removed; nothing was kept. Bring it back first."
            raise ConflictError(message)
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            if current is None:
                kept = drafts.add_draft(self._office, connection, who, fields)
            elif current.status == "live" and drafts.draft_in_hand(connection, current.article_id) is None:
                named = {"place": current.article_id, "article_id": f"{current.article_id}-draft"}
                kept = drafts.add_draft(self._office, connection, who, {**fields, **named})
            else:
                in_hand = drafts.draft_in_hand(connection, current.article_id)
                row = in_hand or drafts.draft_row(connection, current.article_id)
                drafts.refuse_outdated(row, based_on)
                drafts.change_draft(self._office, connection, who, row, fields)
                kept = row["article_id"]
        return self.article(kept)

    def approve(
        self, article_id: str, by: Identity, progress: Progress = ignore, *, based_on: int | None = None
    ) -> AskedAgain:
        """Make a draft live, then ask the old questions again that it was written for.

        With `based_on` only the version that was looked at. Raises ConflictError if it is no draft any more or another
        version came after it, ForbiddenError; nothing is changed then.
        """
        self._curator(by)
        draft = self.article(article_id)
        growing(self._office).prepare([_as_kept(draft)])
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            row = drafts.draft_row(connection, article_id)
            if based_on is not None:
                drafts.refuse_outdated(row, based_on)
            live_id = row["place"] or article_id
            now = self._office.now()
            approved = {"status": "live", "approved_by": who.subject, "approved_at": now, "updated_at": now[:10]}
            if row["place"]:
                self._replace(connection, row, approved)
            else:
                articles.change_article(connection, article_id, approved)
            self._note(connection, who, "article_approved", live_id)
        self._renewed()
        return self.ask_again(live_id, progress)

    def ask_again(self, article_id: str, progress: Progress = ignore) -> AskedAgain:
        """Ask the old questions of this article's gap again, as the live desk would be; nobody is sent anything.

        They are those that lie together with the question it was made from, or else those that it is now the best
        article for, and those that were asked again for it before.
        """
        article = self.article(article_id)
        with self._office.database.read() as connection:
            before = {one.turn_id for one in gaps.asked_for(connection, article.article_id)}
            limit = self._office.policy().min_relevance
            questions = gaps.unanswered(connection, below=limit, since=None, limit=ASKED_AT_MOST * 10)
            again = gaps.questions_of(connection, sorted(before))
        wanted = self._gap_of(article) or self._nearest(article, questions[:ASKED_AT_MOST])
        asked = [*again, *(one for one in questions if one.turn_id in wanted - before)]
        return asking_again.ask(self._office, article.article_id, asked[:ASKED_AT_MOST], progress)

    def asked_again(self, article_id: str) -> AskedAgain:
        """What asking again came to the last time."""
        with self._office.database.read() as connection:
            return asking_again.summed_up(article_id, gaps.asked_for(connection, article_id))

    def _gap_of(self, article: ArticleView) -> set[str]:
        if article.review_id is None:
            return set()
        turn_id = get_review(self._office, article.review_id).turn_id
        return next((set(gap.turn_ids) for gap in self.gaps() if turn_id in gap.turn_ids), set())

    def _nearest(self, article: ArticleView, questions: Sequence[GapQuestion]) -> set[str]:
        search = self._office.services.knowledge.search
        found = {text: search(text, 1) for text in {one.text for one in questions}}
        return {
            one.turn_id
            for one in questions
            if any(document_of(hit.article_id) == article.article_id for hit in found[one.text])
        }

    def _replace(self, connection: Connection, draft: RowMapping, approved: dict[str, Any]) -> None:
        """Put the draft's words in the place of the live article's, which keeps its id and where it came from."""
        target = draft["place"]
        words = {key: draft[key] for key in ("title", "text", "area", "kind", "tags", "review_id")}
        row = articles.find_article(connection, target)
        if row is not None:
            articles.change_article(connection, target, {**words, **approved})
        else:
            new = {**{key: draft[key] for key in ("sha256", "added_at", "added_by")}, "place": ""}
            articles.add_article(
                connection, {**new, **words, **approved, "article_id": target, "source": articles.SHIPPED}
            )
        articles.delete_articles(connection, [draft["article_id"]])

    def _copy_of(self, one: ArticleView, who: Identity) -> dict[str, Any]:
        return {
            **one.model_dump(include={"article_id", "title", "text", "area", "kind"}),
            "tags": canonical_json(list(one.tags)),
            "source": articles.SHIPPED,
            "place": "",
            "sha256": sha256_of(one.text.encode()),
            "updated_at": one.updated,
            "added_at": self._office.now(),
            "added_by": who.subject,
        }

    def _curator(self, by: Identity) -> Identity:
        with self._office.database.read() as connection:
            return self._curator_in(connection, by)

    def _curator_in(self, connection: Connection, by: Identity) -> Identity:
        return authorise(self._office, connection, by, CURATORS, "change articles")

    def _note(self, connection: Connection, who: Identity, action: str, article_id: str) -> None:
        now = self._office.now()
        articles.note_change(connection, by=who.subject, at=now)
        self._office.audit.append(
            connection,
            identity=who,
            action=action,
            at=now,
            thread_id=None,
            review_id=None,
            detail={"article": article_id},
        )

    def _renewed(self) -> None:
        self._office.audit.anchor_head()
        knowledge = as_growing(self._office.services.knowledge)
        if knowledge is not None:
            knowledge.renew()


def _as_kept(one: ArticleView) -> KeptArticle:
    return KeptArticle(**one.model_dump(include={"article_id", "title", "text", "area", "kind", "tags"}))
