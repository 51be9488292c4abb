"""Take articles in: read what changed, prepare it, then change what is in force in one transaction."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Event
from time import perf_counter
from typing import Any

from agent.backoffice import Backoffice
from agent.canonical import canonical_json
from agent.errors import ConfigurationError, ConflictError, DeskError, StorageError, TakenError
from agent.knowledge.documents import Document, read_document, sha256_of
from agent.knowledge.plain_text import UnreadableError, clean_line, slug
from agent.knowledge.sections import DEFAULT, Cutting
from agent.library.files import Content, read_file, scan
from agent.model import FileRemark, Identity, IngestionReport, IngestionStatus, KeptArticle
from agent.ports.knowledge import GrowingKnowledgeBase, as_growing
from agent.ports.progress import Progress, ignore
from agent.store import articles
from agent.timestamps import for_people

READING = 0.3
"""Share of the time that goes into reading files; the rest goes into preparing what they say."""

NAME_CHARS = 80

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """What is to be taken in; `complete` means that what is not in it is gone."""

    name: str
    files: Sequence[tuple[str, Callable[[], Content]]]
    complete: bool = False
    failed: tuple[FileRemark, ...] = ()
    closed: tuple[str, ...] = ()
    ignored: int = 0


@dataclass
class _Findings:
    """What reading a source came to."""

    new: dict[str, tuple[Document, str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    failed: list[FileRemark] = field(default_factory=list)
    notes: list[FileRemark] = field(default_factory=list)


def folder_source(folder: Path, allowed: Callable[[Path], bool] = lambda _real: True) -> Source:
    """A folder with all that is in it, links out of what is `allowed` excepted; raises UnreadableError for none."""
    try:
        root = folder.expanduser().resolve(strict=True)
        found = scan(root, allowed) if root.is_dir() else None
    except OSError:
        found = None
    if found is None:
        message = f"There is no folder {folder}. Nothing was changed; name a folder that can be read."
        raise UnreadableError(message)
    return Source(
        name=str(root),
        files=[(file.place, lambda path=file.path: read_file(path)) for file in found.files],  # type: ignore[misc]  # a default binds the loop's value
        complete=not any(place == "." for place in found.closed),
        failed=found.failed,
        closed=found.closed,
        ignored=found.ignored,
    )


def upload_source(files: Sequence[tuple[str, bytes]]) -> Source:
    """Files that somebody brought; one of the same name takes the place of an earlier one."""
    named = {clean_line(PurePosixPath(name.replace("\\", "/")).name, NAME_CHARS): content for name, content in files}
    return Source(
        name=articles.UPLOAD,
        files=[(name, lambda content=content: Content(content, "")) for name, content in named.items()],  # type: ignore[misc]  # a default binds the loop's value
    )


class StoppedError(ConflictError):
    """The desk was closed before all was read; nothing was changed."""


class Intake:
    """Takes articles in for one desk."""

    def __init__(self, office: Backoffice) -> None:
        """Keep in this office's tables, and have its knowledge base renewed."""
        self._office = office
        self._stopping = Event()

    def stop(self) -> None:
        """End what is under way at its next step; nothing is changed then."""
        self._stopping.set()

    def take_in(
        self,
        source: Source,
        who: Identity,
        cutting: Cutting | None = None,
        progress: Progress = ignore,
        wanted: Callable[[], bool] = lambda: True,
    ) -> IngestionReport:
        """Take a source in; what failed is in the report, everything else is searched when this returns.

        Documents are cut as they were the last time, unless `cutting` says otherwise. `wanted` is asked once nobody
        else can be at it; if it says no, nothing is done. Raises ConflictError if somebody is at it already, DeskError
        if it cannot be done; nothing is changed then.
        """
        knowledge = growing(self._office)
        with self._alone():
            if not wanted():
                return IngestionReport()
            begun = perf_counter()
            with self._office.database.read() as connection:
                cutting = cutting or articles.cutting_of(connection, source.name) or DEFAULT
            with self._office.database.write() as connection:
                run = articles.begin_ingestion(connection, source=source.name, by=who.subject, at=self._office.now())
            told = self._while_open(progress)
            try:
                findings = self._read(source, told)
                knowledge.prepare(
                    _as_kept(findings, cutting), lambda share, doing: told(READING + (1 - READING) * share, doing)
                )
                report = self._write(source, findings, who, run, cutting)
            except BaseException as error:
                self._note_failure(run, error)
                raise
            self._office.audit.anchor_head()
            self._renew(knowledge)
            return self._complete(run, report, knowledge, perf_counter() - begun)

    def _while_open(self, progress: Progress) -> Progress:
        def tell(share: float, doing: str) -> None:
            if self._stopping.is_set():
                message = "The desk was closed; nothing was changed. Take the articles in again."
                raise StoppedError(message)
            progress(share, doing)

        return tell

    @staticmethod
    def _renew(knowledge: GrowingKnowledgeBase) -> None:
        try:
            knowledge.renew()
        except DeskError as error:
            # the articles are kept by now: failing here would say that they are not
            logger.warning("The articles are kept; the index follows as soon as it can be renewed: %s", error)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time; a process that dies leaves the others a free way."""
        try:
            with self._office.database.alone("articles"):
                yield
        except TakenError as error:
            raise self._taken() from error

    def _taken(self) -> ConflictError:
        with self._office.database.read() as connection:
            running = articles.running_ingestion(connection)
        who = f"{running.started_by} has, since {for_people(running.started_at)}," if running else "Somebody has just"
        return ConflictError(f"{who} begun to take articles in. Nothing was changed; wait until that is done.")

    def _read(self, source: Source, progress: Progress) -> _Findings:
        with self._office.database.read() as connection:
            known = {place: row["sha256"] for place, row in articles.rows_of_source(connection, source.name).items()}
        findings = _Findings(failed=list(source.failed))
        for number, (place, read) in enumerate(source.files):
            share = READING * number / len(source.files)
            progress(share, f"Reading {place}")
            try:
                content, changed = read()
                sha256 = sha256_of(content)
                if known.get(place) == sha256:
                    findings.unchanged.append(place)
                    continue
                document = read_document(place, content, _within(progress, share, place))
            except UnreadableError as error:
                findings.failed.append(FileRemark(file=place, why=str(error)))
                continue
            findings.notes += [FileRemark(file=place, why=note) for note in document.notes]
            dated = document if document.updated else document.model_copy(update={"updated": changed})
            findings.new[place] = (dated, sha256)
        return findings

    def _write(self, source: Source, findings: _Findings, who: Identity, run: str, cutting: Cutting) -> IngestionReport:
        now = self._office.now()
        with self._office.database.write() as connection:
            known = articles.rows_of_source(connection, source.name)
            gone = _gone(source, findings, known)
            articles.delete_articles(connection, [known[place]["article_id"] for place in gone])
            taken = articles.all_ids(connection)
            shipped = {one.article_id for one in growing(self._office).shipped}
            added = 0
            for place, (document, sha256) in findings.new.items():
                row = _row(document, place, sha256, now)
                if place in known:
                    articles.change_article(connection, known[place]["article_id"], row)
                    continue
                article_id = _free_id(document, source.name, place, (taken, shipped))
                taken.add(article_id)
                articles.add_article(
                    connection,
                    row
                    | {"article_id": article_id, "status": "live", "source": source.name}
                    | {"added_at": now, "added_by": who.subject},
                )
                added += 1
            findings.notes += self._returned_or_left_out(source, findings, known)
            if not source.complete:
                for place in (place for place in (*findings.new, *findings.unchanged) if place in known):
                    articles.change_article(connection, known[place]["article_id"], {"status": "live"})
            report = IngestionReport(
                found=len(source.files) + len(source.failed) - len(source.closed),
                added=added,
                changed=len(findings.new) - added,
                unchanged=len(findings.unchanged),
                removed=len(gone),
                failed=tuple(findings.failed),
                notes=tuple(findings.notes),
                ignored=source.ignored,
                tokens=cutting.tokens,
                overlap=cutting.overlap,
            )
            articles.end_ingestion(connection, run, status="done", report=report, at=self._office.now())
            self._office.audit.append(
                connection,
                identity=who,
                action="articles_taken_in",
                at=now,
                thread_id=None,
                review_id=None,
                detail={
                    "source": source.name,
                    **report.model_dump(include={"found", "added", "changed", "unchanged", "removed"}),
                    "failed": len(report.failed),
                },
            )
        return report

    @staticmethod
    def _returned_or_left_out(source: Source, findings: _Findings, known: dict[str, Any]) -> list[FileRemark]:
        """A person who removed an article is not overruled by its file still lying there, only by bringing it anew."""
        removed = [
            place
            for place in (*findings.new, *findings.unchanged)
            if place in known and known[place]["status"] == "removed"
        ]
        why = "it was removed here by hand and stays out" if source.complete else "it had been removed and is back"
        return [FileRemark(file=place, why=why) for place in removed]

    def _note_failure(self, run: str, error: BaseException) -> None:
        why = str(error) if isinstance(error, DeskError) else type(error).__name__
        status: IngestionStatus = "cut off" if isinstance(error, StoppedError) else "failed"
        try:
            with self._office.database.write() as connection:
                articles.end_ingestion(
                    connection, run, status=status, report=IngestionReport(), at=self._office.now(), why=why
                )
        except StorageError as trouble:
            logger.warning("That articles were not taken in could not be written down: %s", trouble)

    def _complete(
        self, run: str, report: IngestionReport, knowledge: GrowingKnowledgeBase, seconds: float
    ) -> IngestionReport:
        complete = report.model_copy(
            update={
                "articles": knowledge.articles,
                "sections": knowledge.sections,
                "seconds": round(seconds, 3),
            }
        )
        with self._office.database.write_soon() as connection:
            articles.note_report(connection, run, complete)
        return complete


def growing(office: Backoffice) -> GrowingKnowledgeBase:
    """The desk's knowledge base as one that takes articles in; raises ConfigurationError if it is none."""
    knowledge = as_growing(office.services.knowledge)
    if knowledge is None:
        message = "This desk's knowledge base takes no articles in. Nothing was changed."
        raise ConfigurationError(message)
    return knowledge


def _within(progress: Progress, share: float, place: str) -> Progress:
    """How far one file is, told at the share where it lies among all."""
    return lambda _share, doing: progress(share, f"Reading {place}, {doing}")


def _gone(source: Source, findings: _Findings, known: dict[str, Any]) -> list[str]:
    """Places whose file is not there any more; one that merely cannot be read now keeps its article."""
    if not source.complete:
        return []
    there = {*findings.new, *findings.unchanged, *(remark.file for remark in findings.failed)}
    closed = tuple(f"{place}/" for place in source.closed)
    return [place for place in known if place not in there and not (closed and place.startswith(closed))]


def _row(document: Document, place: str, sha256: str, now: str) -> dict[str, Any]:
    folder = PurePosixPath(place).parts[0] if "/" in place else ""
    return {
        "title": document.title,
        "text": document.text,
        "area": document.area or clean_line(folder, NAME_CHARS) or "general",
        "kind": document.kind,
        "tags": canonical_json(list(document.tags)),
        "place": place,
        "sha256": sha256,
        "updated_at": document.updated or now[:10],
    }


def _free_id(document: Document, source: str, place: str, used: tuple[set[str], set[str]]) -> str:
    """The id in the head, else the file's name, else with its folder, else with a digest.

    An id in a head that is a shipped article's takes that one's place; two files never share one.
    """
    path, (taken, shipped) = PurePosixPath(place), used
    if document.article_id and document.article_id not in taken:
        return document.article_id
    for candidate in (slug(path.stem), slug(str(path.with_suffix("")))):
        if candidate and candidate not in taken | shipped:
            return candidate
    unique = sha256_of(f"{source}\n{place}".encode())[:8]
    return f"{slug(path.stem) or 'article'}-{unique}"


def _as_kept(findings: _Findings, cutting: Cutting) -> list[KeptArticle]:
    """The new texts as they will be kept; under which ids does not matter for preparing them."""
    return [
        KeptArticle(
            article_id=place,
            title=document.title,
            text=document.text,
            area=document.area,
            kind=document.kind,
            tags=document.tags,
            tokens=cutting.tokens,
            overlap=cutting.overlap,
        )
        for place, (document, _) in findings.new.items()
    ]
