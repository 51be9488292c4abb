"""Presence by lock files: the operating system frees one when its process dies, kill -9 included."""

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from agent.errors import StorageError
from agent.store.presence import process_of


class LockFiles:
    """This process among those that share a home."""

    def __init__(self, directory: Path) -> None:
        """Announce this process in `directory`; raises StorageError if that cannot be written."""
        self._directory = directory
        self._name = f"{os.getpid()}-{uuid4().hex}"
        self._lock = FileLock(self._file(self._name))
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as error:
            message = f"Folder {directory}: {error}. Nothing was started; free some space or make it writable."
            raise StorageError(message) from error

    def owner(self) -> str:
        """The process by its lock file, and the thread."""
        return f"{self._name}.{threading.get_ident()}"

    def is_here(self, owner: str) -> bool:
        """Whether the name in it is ours."""
        return process_of(owner) == self._name

    def dead(self, owners: Iterable[str]) -> list[str]:
        """Those whose lock file is free; it is removed."""
        names = {owner: process_of(owner) for owner in owners}
        ended = {name for name in set(names.values()) if name != self._name and self._has_ended(name)}
        return [owner for owner, name in names.items() if name in ended]

    def _has_ended(self, name: str) -> bool:
        try:
            with FileLock(self._file(name), timeout=0):
                self._file(name).unlink(missing_ok=True)
        except Timeout:
            return False
        return True

    def _file(self, name: str) -> Path:
        return self._directory / f"{name}.lock"

    def close(self) -> None:
        """Leave."""
        self._lock.release()
        self._file(self._name).unlink(missing_ok=True)


def living(directory: Path) -> list[int]:
    """Ids of the processes that have announced themselves there and are alive."""
    return [int(file.name.partition("-")[0]) for file in directory.glob("*.lock") if _is_held(file)]


def _is_held(file: Path) -> bool:
    try:
        FileLock(file, timeout=0).acquire().lock.release()
    except Timeout:
        return True
    return False
