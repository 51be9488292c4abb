"""Where a desk's data is kept, and whether it may be opened there."""

from pathlib import Path

from agent.errors import StorageError
from agent.settings import Settings
from agent.store.home_notes import refuse_unusable
from agent.store.opening import Place


def anchor_of(settings: Settings) -> Path:
    """Where the head of the audit chain is written as well."""
    return settings.audit_anchor or settings.home / "audit.anchor"


def place_of(settings: Settings, part: str) -> Place:
    """Where this part of the desk's data is kept: the database that all replicas share, else a file in the home."""
    return settings.database_url or settings.home / f"{part}.sqlite"


def checkpoints_of(settings: Settings) -> Place:
    """Where the graph's checkpoints are kept: at an address of their own, else where the tables are."""
    return settings.checkpoint_url or place_of(settings, "checkpoints")


def refuse_unusable_place(settings: Settings) -> None:
    """What is half restored, half moved in, or was moved away, opens nowhere."""
    if settings.database_url is None:
        refuse_unusable(settings.home)
        return
    from agent.store.destination import refuse_half_moved  # noqa: PLC0415  its driver is slow to import

    refuse_half_moved(settings.database_url)


def make_home(home: Path) -> None:
    """The folder, for its owner alone; raises StorageError."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"TRIAGE_HOME {home}: {error}. Nothing was started; choose a folder that can be written."
        raise StorageError(message) from error
