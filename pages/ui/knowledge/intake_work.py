"""Taking articles in, begun from the page and carried out in the background."""

from collections.abc import Callable, Sequence
from pathlib import Path

from agent import Cutting, Desk, Identity, IngestionReport
from pages.ui.knowledge.jobs import Tell, jobs
from pages.ui.knowledge.sayings import say

INTAKE = "intake"
PATIENCE_S = 1.0
"""So long the click waits for its result before the page shows how far it is."""


def take_files(
    desk: Desk, files: Sequence[tuple[str, bytes]], by: Identity, cutting: Cutting | None, token: str
) -> bool:
    """Begin to take files in; False if this desk's pages are at it already, then that is said."""
    return _begin(by, lambda tell: desk.library.ingest_files(files, by, tell, cutting), token)


def take_folder(desk: Desk, folder: str, by: Identity, cutting: Cutting | None, token: str) -> bool:
    """Begin to take a folder in; False as above."""
    return _begin(by, lambda tell: desk.library.ingest_folder(Path(folder), by, tell, cutting), token)


def _begin(by: Identity, deed: Callable[[Tell], IngestionReport], token: str) -> bool:
    job = jobs().start(INTAKE, by.subject, deed, token)
    if job is None:
        say("Somebody is at it already. Nothing was changed; wait until that is done.", worked=False)
        return False
    job.wait(PATIENCE_S)
    return True
