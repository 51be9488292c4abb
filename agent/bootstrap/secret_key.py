"""The key that signs the audit chain and session tokens."""

import os
import secrets
from pathlib import Path

from filelock import FileLock

from agent.errors import ConfigurationError, StorageError
from agent.settings import Settings
from agent.store.audit import AuditChain

KEY_BYTES = 32


def secret_key_of(settings: Settings) -> bytes:
    """What signs the audit chain; made in the home if there is none. Raises ConfigurationError or StorageError."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.database_url is not None:
        message = (
            "TRIAGE_SECRET_KEY is not set. With TRIAGE_DATABASE_URL every process needs the same one, else they break "
            "each other's audit chain. Nothing was started; set it to 32 random bytes or more, the same everywhere."
        )
        raise ConfigurationError(message)
    path = settings.home / "secret.key"
    try:
        with FileLock(f"{path}.lock"):
            if not path.exists():
                _write_key(path)
            key = path.read_bytes()
    except OSError as error:
        message = f"Secret key {path}: {error}. Nothing was started; make the folder readable and writable."
        raise StorageError(message) from error
    if len(key) != 2 * KEY_BYTES:
        message = (
            f"Secret key {path} is damaged. Nothing was started; restore it, else the audit chain is not verifiable."
        )
        raise ConfigurationError(message)
    return key


def refuse_another_key(settings: Settings, audit: AuditChain) -> None:
    """A replica with a key of its own would break the chain at its first deed."""
    if settings.database_url is not None and not audit.signed_with_this_key():
        message = (
            "The last entry of the audit chain was signed with another key, or was changed. Nothing was started; set "
            "TRIAGE_SECRET_KEY to the one that the other processes have."
        )
        raise ConfigurationError(message)


def _write_key(path: Path) -> None:
    draft = path.with_name("secret.key.new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
