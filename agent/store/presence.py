"""Which processes are alive: each holds a lock file that the operating system frees when it dies, kill -9 included."""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout


class Presence:
    """This process among those that share a home; its `name` owns leases."""

    def __init__(self, directory: Path) -> None:
        """Announce this process in `directory`."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory = directory
        self.name = f"{os.getpid()}-{uuid4().hex}"
        self._lock = FileLock(self._file(self.name))
        self._lock.acquire()

    def dead(self, names: Iterable[str]) -> list[str]:
        """Those of `names` whose process has ended; their lock files are removed."""
        return [name for name in names if name != self.name and self._has_ended(name)]

    def _has_ended(self, name: str) -> bool:
        lock = FileLock(self._file(name), timeout=0)
        try:
            with lock:
                return True
        except Timeout:
            return False

    def _file(self, name: str) -> Path:
        return self._directory / f"{name}.lock"

    def close(self) -> None:
        """Leave."""
        self._lock.release()
        self._file(self.name).unlink(missing_ok=True)
