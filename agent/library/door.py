"""The library: what people do with articles. Reached as `desk.library`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping

from agent.backoffice import Backoffice
from agent.canonical import canonical_json
from agent.errors import ConflictError, InvalidDecisionError
from agent.knowledge.documents import TITLE_CHARS, WORD_CHARS, clean_line, clean_text, sha256_of, slug
from agent.knowledge.sections import HELP_ARTICLE, Cutting, document_of
from agent.library import asking_again, catalogue, drafting
from agent.library.documents_folder import DocumentsFolder
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

TEXT_CHARS = 100_000
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

    def gaps(self, since: str | None = None) -> list[Gap]:
        """What customers ask and no article answers, the most frequent first; `since` is a time as text."""
        return self._gaps.find(since)

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
        return self._save_new(draft.title, draft.text, by, {"review_id": review_id})

    def save_draft(
        self,
        *,
        title: str,
        text: str,
        by: Identity,
        article_id: str | None = None,
        area: str = "general",
        kind: str = HELP_ARTICLE,
        tags: Sequence[str] = (),
    ) -> ArticleView:
        """Keep a draft: a new one, an edited one, or one that is to take the place of a live article.

        Raises InvalidDecisionError for an empty or overlong text; nothing is kept then.
        """
        fields = {
            "area": clean_line(area, WORD_CHARS) or "general",
            "kind": clean_line(kind, WORD_CHARS) or HELP_ARTICLE,
            "tags": canonical_json([tag for tag in (clean_line(one, WORD_CHARS) for one in tags) if tag]),
        }
        if article_id is None:
            return self._save_new(title, text, by, fields)
        current = self.article(article_id)
        if current.status == "removed":
            message = f"Article {article_id} was removed; nothing was kept. Bring it back first."
            raise ConflictError(message)
        if current.status == "live":
            draft_id = f"{article_id}-draft"
            return self._save_new(title, text, by, {**fields, "place": article_id, "article_id": draft_id})
        changes = {**fields, **self._checked(title, text)}
        with self._office.database.write() as connection:
            self._curator_in(connection, by)
            self._draft(connection, article_id)
            articles.change_article(connection, article_id, changes)
        return self.article(article_id)

    def approve(self, article_id: str, by: Identity) -> AskedAgain:
        """Make a draft live, then ask the old questions again that it was written for.

        Raises ConflictError if it is no draft any more, ForbiddenError; nothing is changed then.
        """
        self._curator(by)
        draft = self.article(article_id)
        growing(self._office).prepare([_as_kept(draft)])
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            row = self._draft(connection, article_id)
            live_id = row["place"] or article_id
            now = self._office.now()
            approved = {"status": "live", "approved_by": who.subject, "approved_at": now, "updated_at": now[:10]}
            if row["place"]:
                self._replace(connection, row, approved)
            else:
                articles.change_article(connection, article_id, approved)
            self._note(connection, who, "article_approved", live_id)
        self._renewed()
        return self.ask_again(live_id)

    def ask_again(self, article_id: str) -> AskedAgain:
        """Ask the old questions of this article's gap again, by the limits in force; nobody is sent anything.

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
        return asking_again.ask(self._office, article.article_id, asked[:ASKED_AT_MOST])

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

    def _save_new(self, title: str, text: str, by: Identity, fields: dict[str, Any]) -> ArticleView:
        written = self._checked(title, text)
        shipped = catalogue.shipped_articles(self._office)
        with self._office.database.write() as connection:
            who = self._curator_in(connection, by)
            made = articles.article_of_review(connection, fields["review_id"]) if "review_id" in fields else None
            if made is not None:  # by somebody else in the same moment
                return self.article(made)
            if "place" in fields:  # the draft in hand for this article gives way
                articles.delete_articles(connection, articles.drafts_for(connection, fields["place"]))
            taken = articles.all_ids(connection) | set(shipped)
            article_id = _free(fields.pop("article_id", None) or slug(written["title"]) or "article", taken)
            now = self._office.now()
            row = {
                "area": "general",
                "kind": HELP_ARTICLE,
                "tags": "[]",
                "place": "",
                "source": articles.DESK,
                "article_id": article_id,
                "status": "draft",
                "added_at": now,
                "added_by": who.subject,
                **written,
                **fields,
            }
            articles.add_article(connection, row)
        return self.article(article_id)

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

    def _checked(self, title: str, text: str) -> dict[str, str]:
        plain, written = clean_line(title, TITLE_CHARS), clean_text(text)
        if not plain or not any(char.isalnum() for char in written) or len(written) > TEXT_CHARS:
            message = f"An article needs a title and a text of at most {TEXT_CHARS:,} characters; nothing was kept."
            raise InvalidDecisionError(message)
        today = self._office.now()[:10]
        return {"title": plain, "text": written, "sha256": sha256_of(written.encode()), "updated_at": today}

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

    @staticmethod
    def _draft(connection: Connection, article_id: str) -> RowMapping:
        row = articles.find_article(connection, article_id)
        if row is None or row["status"] != "draft":
            message = f"Article {article_id} is no draft; nothing was changed. Load the list again."
            raise ConflictError(message)
        return row

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


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(name for name in (f"{wanted}-{number}" for number in range(2, len(taken) + 3)) if name not in taken)
