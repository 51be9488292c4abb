"""Taking articles in, begun from the page and carried out in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent import ConfigurationError, Desk, Identity, IngestionReport
from pages.ui.knowledge.jobs import Tell, jobs
from pages.ui.knowledge.sayings import say

INTAKE = "intake"
TOKENS, OVERLAP = 512, 50
SHORTEST, LONGEST = 32, 8192
PATIENCE_S = 1.0
"""So long the click waits for its result before the page shows how far it is."""


@dataclass(frozen=True, kw_only=True)
class Lengths:
    """How long documents are cut, in tokens; what the desk calls a cutting."""

    tokens: int
    overlap: int

    def checked(self) -> "Lengths":
        """Itself; raises ConfigurationError for lengths that make no sense."""
        if not (SHORTEST <= self.tokens <= LONGEST and 0 <= self.overlap <= self.tokens // 2):
            message = (
                f"Sections of {self.tokens} tokens with {self.overlap} of overlap cannot be made; nothing was "
                f"changed. Use {SHORTEST} to {LONGEST} tokens and at most half of them as overlap."
            )
            raise ConfigurationError(message)
        return self


def lengths_of(tokens: int | None, overlap: int | None) -> Lengths | None:
    """What was typed; None, which means as the last time, where nothing was."""
    if tokens is None and overlap is None:
        return None
    chosen = TOKENS if tokens is None else tokens
    return Lengths(tokens=chosen, overlap=min(OVERLAP, chosen // 2) if overlap is None else overlap)


def take_files(
    desk: Desk, files: Sequence[tuple[str, bytes]], by: Identity, lengths: Lengths | None, token: str
) -> bool:
    """Begin to take files in; False if this desk's pages are at it already, then that is said."""
    cutting: Any = lengths
    return _begin(by, lambda tell: desk.library.ingest_files(files, by, tell, cutting), token)


def take_folder(desk: Desk, folder: str, by: Identity, lengths: Lengths | None, token: str) -> bool:
    """Begin to take a folder in; False as above."""
    cutting: Any = lengths
    return _begin(by, lambda tell: desk.library.ingest_folder(Path(folder), by, tell, cutting), token)


def _begin(by: Identity, deed: Callable[[Tell], IngestionReport], token: str) -> bool:
    job = jobs().start(INTAKE, by.subject, deed, token)
    if job is None:
        say("Somebody is at it already. Nothing was changed; wait until that is done.", worked=False)
        return False
    job.wait(PATIENCE_S)
    return True
