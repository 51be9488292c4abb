"""A file that must stay where it was opened: whatever is written to a deleted one is gone with the process."""

from pathlib import Path

from agent.errors import StorageError


class InPlace:
    """Knows a file by its number on the disk, so that another one of the same name is not taken for it."""

    def __init__(self, path: Path) -> None:
        """The file as it is now; raises OSError if there is none."""
        self._path = path
        self._known = _number(path)

    def check(self) -> None:
        """Raise StorageError if it was deleted, moved or replaced since."""
        try:
            found = _number(self._path)
        except OSError:
            found = None
        if found != self._known:
            message = (
                f"Database {self._path} was deleted, moved or replaced while it was in use. Nothing was stored; move "
                "it back, or stop every process, restore the whole folder from a backup, and start again."
            )
            raise StorageError(message)


def _number(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
