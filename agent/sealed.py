"""Files that were computed once and are kept: read back only if they are whole, made again if they are not."""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock

MANIFEST = "manifest.json"

logger = logging.getLogger(__name__)

Files = Mapping[str, bytes]
"""Contents by file name."""


def kept(folder: Path, make: Callable[[], Files]) -> Files:
    """The files of `folder`; made and written first if they are absent or damaged.

    One process makes them while others wait. A folder that cannot be written is logged, and the files are made anew by
    every process.
    """
    files = _read(folder)
    if files is not None:
        return files
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            return _read(folder) or _made(folder, make)
    except OSError as error:
        logger.warning("%s cannot be written (%s): the files are made again at every start", folder, error)
        return make()


def _made(folder: Path, make: Callable[[], Files]) -> Files:
    files = make()
    for name, content in files.items():
        _write(folder / name, content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    # last, so that a crash before this line leaves no manifest that vouches for half the files
    _write(folder / MANIFEST, json.dumps(digests, indent=1, sort_keys=True).encode())
    return files


def _read(folder: Path) -> Files | None:
    """The files if all of them have the SHA-256 of the manifest; None, with a warning, if one has not."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return None
    try:
        digests: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
        files = {name: (folder / name).read_bytes() for name in digests}
        damaged = [name for name, content in files.items() if hashlib.sha256(content).hexdigest() != digests[name]]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        logger.warning("%s cannot be read (%s): it is made again", folder, error)
        return None
    if damaged:
        logger.warning("%s is damaged (%s): it is made again", folder, ", ".join(damaged))
        return None
    return files


def _write(file: Path, content: bytes) -> None:
    """Replace the file at once, so that nobody ever reads half of it."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)
