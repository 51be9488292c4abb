"""The files of a folder, and what is in them."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from agent.knowledge.documents import MAX_BYTES, is_readable_kind, too_large
from agent.knowledge.plain_text import UnreadableError
from agent.model import FileRemark
from agent.model.value import Value

LEADS_OUT = "it is a link that leads out of the folder for documents"


class FoundFile(Value):
    """A file to be taken in: its place in the folder, and where it lies."""

    place: str
    path: Path


class Scan(Value):
    """What a folder holds. `closed` are folders in it that could not be read."""

    files: tuple[FoundFile, ...]
    failed: tuple[FileRemark, ...]
    closed: tuple[str, ...]
    ignored: int


class Content(NamedTuple):
    """What a file held when it was read, and the day on which it was last changed."""

    content: bytes
    changed: str


def scan(folder: Path, allowed: Callable[[Path], bool] = lambda _real: True) -> Scan:
    """Every file of a kind that is read, also in folders within, by name; hidden ones are left alone.

    Links are followed to places that are `allowed`; a folder that was seen already, by whatever way, is not entered
    again.
    """
    files: list[FoundFile] = []
    failed: list[FileRemark] = []
    closed: list[str] = []
    ignored = 0
    for path in _walk(folder, closed, allowed):
        place = _place(path, folder)
        if path.is_symlink() and not allowed(_real(path)):
            failed.append(FileRemark(file=place, why=LEADS_OUT))
        elif not is_readable_kind(path.name):
            ignored += 1
        elif (why := _objection(path)) is not None:
            failed.append(FileRemark(file=place, why=why))
        else:
            files.append(FoundFile(place=place, path=path))
    failed += [FileRemark(file=place, why="the folder cannot be read") for place in closed]
    return Scan(files=tuple(files), failed=tuple(failed), closed=tuple(closed), ignored=ignored)


def read_file(path: Path) -> Content:
    """The whole file; raises UnreadableError if it is too large, gone, or being written all the while."""
    try:
        for _attempt in range(2):
            before = path.stat()
            if before.st_size > MAX_BYTES:
                raise UnreadableError(too_large(before.st_size))
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            after = path.stat()
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
                changed = datetime.fromtimestamp(after.st_mtime, UTC).date().isoformat()
                return Content(content, changed)
    except OSError as error:
        raise UnreadableError(_why(error)) from error
    message = "it was being written meanwhile"
    raise UnreadableError(message)


def _walk(root: Path, closed: list[str], allowed: Callable[[Path], bool]) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if (path.is_symlink() and not allowed(_real(path))) or not path.is_dir():
            yield path
            continue
        try:
            itself = path.stat()
            inside = sorted((one for one in path.iterdir() if not one.name.startswith(".")), reverse=True)
        except OSError:
            closed.append(_place(path, root))
            continue
        if (itself.st_dev, itself.st_ino) not in seen:
            seen.add((itself.st_dev, itself.st_ino))
            waiting += inside


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a circle of links leads nowhere; opening it says so
        return path.parent.resolve() / path.name


def _objection(path: Path) -> str | None:
    try:
        found = path.stat()
    except OSError as error:
        return _why(error)
    if not stat.S_ISREG(found.st_mode):
        return "it is no ordinary file"
    return too_large(found.st_size) if found.st_size > MAX_BYTES else None


def _why(error: OSError) -> str:
    return f"it cannot be read ({error.strerror or error})"


def _place(path: Path, folder: Path) -> str:
    """The name as text, whatever bytes it has."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
