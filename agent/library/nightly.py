"""Folders that were taken in before are taken in again every night, by one process of those that share a home."""

import logging
from datetime import timedelta
from pathlib import Path

from agent.backoffice import Backoffice
from agent.errors import ConfigurationError, ConflictError, DeskError
from agent.library.documents_folder import DocumentsFolder
from agent.library.taking_in import Intake, Source, folder_source, growing
from agent.model import Identity
from agent.store import articles
from agent.timestamps import from_text, to_text

HOUR = 3
"""UTC."""

DESK = Identity(subject="desk", role="system", source="desk")

logger = logging.getLogger(__name__)


def take_in_again(office: Backoffice, intake: Intake, documents: DocumentsFolder) -> None:
    """Take in every folder whose last run was before three o'clock this night; what fails waits for the next one."""
    due = due_folders(office)
    for folder in due:
        try:
            source = _source(Path(folder), documents)
            if not source.files:
                message = "The folder is empty now. Its articles stay; take it in by hand if they shall go."
                raise ConfigurationError(message)
            # asked again once nobody else can be at it: another process may have done it meanwhile
            intake.take_in(source, DESK, wanted=lambda one=folder: one in due_folders(office))  # type: ignore[misc]  # a default binds the loop's value
        except ConflictError:
            return
        except DeskError as error:
            logger.warning("Folder %s was not taken in again: %s", folder, error)
            with office.database.write() as connection:
                articles.note_failed(connection, source=folder, by=DESK.subject, at=office.now(), why=str(error))
    if due:
        growing(office).forget_old()


def _source(folder: Path, documents: DocumentsFolder) -> Source:
    """What lies among the documents may not lead out of them at night either; the rest was named in a shell."""
    if folder.is_relative_to(documents.path.resolve()):
        return folder_source(documents.place(folder), documents.holds)
    return folder_source(folder)


def due_folders(office: Backoffice) -> list[str]:
    """Folders without a run since three o'clock this night."""
    since = last_three_o_clock(office.now())
    with office.database.read() as connection:
        return sorted(name for name, last in articles.folders(connection).items() if last.started_at < since)


def last_three_o_clock(now: str) -> str:
    """The latest 03:00 UTC that is not after `now`."""
    moment = from_text(now)
    three = moment.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return to_text(three if three <= moment else three - timedelta(days=1))
