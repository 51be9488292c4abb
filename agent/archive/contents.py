"""What is in a backup, and what it says of itself."""

import hashlib
import hmac
from pathlib import Path
from typing import IO, Self

from pydantic import Field

from agent.model.value import Value
from agent.store.audit import signature

TABLES = ("desk.sqlite", "checkpoints.sqlite", "payments.sqlite", "shop.sqlite")
"""Belong together, at one moment."""
KEY = "secret.key"
ANCHOR = "audit.anchor"
MEMBERS = frozenset({*TABLES, KEY, ANCHOR})
MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class Member(Value):
    """One file of a backup."""

    bytes: int = Field(ge=0)
    sha256: str


class Manifest(Value):
    """What a backup holds, so that whoever restores it can tell that it is whole."""

    format: int
    made_at: str
    table_revision: str = Field(description="Of the desk's own tables.")
    files: dict[str, Member]
    rows: dict[str, int] = Field(description="By table, of the desk's own tables.")
    paused_threads: int
    audit_entries: int
    audit_head: str
    mac: str = Field(default="", description="Signs all the rest with the desk's key.")

    def signed(self, key: bytes) -> Self:
        """The same with its signature."""
        return self.model_copy(update={"mac": self._signature(key)})

    def is_signed(self, key: bytes) -> bool:
        """Whether somebody who has the key wrote it."""
        return hmac.compare_digest(self.mac, self._signature(key))

    def _signature(self, key: bytes) -> str:
        return signature(key, self.model_dump(mode="json", exclude={"mac"}))


def digest_of(file: Path) -> Member:
    """Size and SHA-256 of a file."""
    with file.open("rb") as opened:
        return digest_stream(opened)


def digest_stream(source: IO[bytes], copy: IO[bytes] | None = None, most: int | None = None) -> Member:
    """Size and SHA-256 of what is read; written to `copy`, too. Raises ValueError past `most` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if most is not None and size > most:
            message = f"more than the {most:,} bytes that it should have"
            raise ValueError(message)
        digest.update(chunk)
        if copy is not None:
            copy.write(chunk)
    return Member(bytes=size, sha256=digest.hexdigest())
