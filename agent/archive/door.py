"""Backups by the settings of a process."""

from pathlib import Path

from agent.archive.backup import Source, back_up
from agent.archive.contents import KEY, Manifest
from agent.archive.restore import restore
from agent.bootstrap import anchor_of, secret_key_of, system_clock, upgrade_tables
from agent.errors import ConfigurationError, StorageError
from agent.ports.progress import Progress, ignore
from agent.settings import Settings
from agent.store.home_notes import refuse_unusable


def make_backup(settings: Settings, file: Path, *, with_key: bool = True, progress: Progress = ignore) -> Manifest:
    """A backup of the home in use, into a file; raises ConfigurationError where others keep the data.

    A home that is half restored holds files of several moments (StorageError), one that was moved away those of a desk
    that goes on elsewhere (ConfigurationError).
    """
    if settings.database_url is not None:
        message = (
            "The desk lies in PostgreSQL, whose own tools back it up while it runs. Nothing was written. One moment: "
            f'pg_dump --format=custom --file={file} "$TRIAGE_DATABASE_URL"; up to the last second: continuous '
            "archiving (point-in-time recovery)."
        )
        raise ConfigurationError(message)
    if settings.checkpoint_url is not None:
        message = (
            "The checkpoints do not lie in TRIAGE_HOME, and a backup without them would leave paused refunds that "
            "nobody can decide. Nothing was written; switch on point-in-time recovery of the DynamoDB table, stop the "
            "desk and copy TRIAGE_HOME, and note the time."
        )
        raise ConfigurationError(message)
    refuse_unusable(settings.home)
    if not (settings.home / "desk.sqlite").exists():
        message = f"{settings.home} holds no desk. Nothing was written; name its folder in TRIAGE_HOME."
        raise ConfigurationError(message)
    if settings.secret_key is None and not (settings.home / KEY).exists():
        message = f"{settings.home / KEY} is missing. Nothing was written; restore it, else no backup can be verified."
        raise StorageError(message)
    source = Source(home=settings.home, anchor=anchor_of(settings), key=secret_key_of(settings))
    return back_up(source, file.resolve(), system_clock(), with_key=with_key, progress=progress)


def restore_backup(settings: Settings, file: Path, *, replace: bool = False) -> Manifest:
    """Put a backup into the home, and bring its tables to this version."""
    if settings.database_url is not None or settings.checkpoint_url is not None:
        message = (
            "A backup of files is restored into TRIAGE_HOME, but TRIAGE_DATABASE_URL or TRIAGE_CHECKPOINT_URL is set. "
            "Nothing was changed; unset both, restore, and then `python -m agent move` if it is to go on a server."
        )
        raise ConfigurationError(message)
    key = settings.secret_key.get_secret_value().encode() if settings.secret_key else None
    manifest = restore(file, settings.home, system_clock(), key=key, replace=replace, anchor=settings.audit_anchor)
    upgrade_tables(settings)
    return manifest
