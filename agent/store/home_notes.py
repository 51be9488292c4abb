"""Notes in a home that keep a desk from being opened there: one that was moved away, or is only half put back."""

import json
import os
from pathlib import Path

from agent.errors import ConfigurationError, StorageError

MOVED = "moved.json"
"""The tables went to another place, which goes on with them."""
UNFINISHED = "unfinished.json"
"""Files are being put back."""


def write_note(home: Path, name: str, told: dict[str, str]) -> None:
    """Leave a note that is on the disk once this returns."""
    draft = home / f"{name}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home / name)
    sync_folder(home)


def read_note(home: Path, name: str) -> dict[str, str] | None:
    """What a note tells; None if there is none, nothing if it is damaged. Raises StorageError if nobody may look."""
    try:
        told = json.loads((home / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{home}: {error}. Nothing was started; make the folder readable and writable, then try again."
        raise StorageError(message) from error
    except ValueError:
        return {}
    return {key: str(value) for key, value in told.items()} if isinstance(told, dict) else {}


def refuse_unusable(home: Path) -> None:
    """Raise StorageError while files are being put back, and ConfigurationError once they were moved away."""
    if read_note(home, UNFINISHED) is not None:
        message = (
            f"{home} is only half restored. Nothing was started; run the same `python -m agent restore FILE` again."
        )
        raise StorageError(message)
    moved = read_note(home, MOVED)
    if moved is not None:
        message = (
            f"The desk in {home} was moved to {moved.get('to', 'another place')} at {moved.get('at', 'another time')}: "
            "going on with its old files would pay again what is paid there. Nothing was started; set "
            f"TRIAGE_DATABASE_URL, or remove {MOVED} if nothing runs there."
        )
        raise ConfigurationError(message)


def sync_folder(folder: Path) -> None:
    """Make sure that renames in it outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
