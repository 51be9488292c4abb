"""Which folders of the server may be taken in by those who have no shell on it."""

from pathlib import Path

from agent.errors import ForbiddenError
from agent.model import Identity


class DocumentsFolder:
    """The one folder out of which a page or a program may take folders in; whoever has the shell may name any."""

    def __init__(self, path: Path) -> None:
        """`path` need not be there yet."""
        self.path = path.expanduser().absolute()

    def may_leave(self, by: Identity) -> bool:
        """Whether this person may take in folders from elsewhere: who has the shell could read them anyway."""
        return by.source == "command-line"

    def place(self, wanted: Path) -> Path:
        """The real place of a folder that lies in this one; relative names start here, "." is all of it.

        Raises ForbiddenError, the same whether there is such a folder elsewhere or not: nothing was read then.
        """
        if ".." not in wanted.parts:
            try:
                found = (self.path / wanted).resolve()
            except (OSError, RuntimeError, ValueError):  # a circle of links, a name that is too long or holds a zero
                found = None
            if found is not None and self.holds(found):
                return found
        message = (
            f"Folder {wanted} does not lie in {self.path}, and only what lies there is taken in from here. Nothing was "
            "changed; put the files there, set TRIAGE_DOCUMENTS to another folder, or use `python -m agent ingest`."
        )
        raise ForbiddenError(message)

    def holds(self, real: Path) -> bool:
        """Whether a place without links lies in this folder."""
        return real.is_relative_to(self.path.resolve())
