"""The audit chain: each entry's HMAC covers the one before, and the head is anchored outside the table.

An entry that was changed, removed or put in between breaks the chain; entries cut off the end are missed by the chain
itself and found by the anchor.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, insert, select

from agent.canonical import canonical_json
from agent.errors import StorageError
from agent.model import AuditEntry, AuditReport, Identity
from agent.store.database import Database
from agent.store.tables import audit

logger = logging.getLogger(__name__)

PAGE = 1000
GENESIS = "0" * 64
Anchored = tuple[int, str]
"""Number and signature of an entry."""


class AuditChain:
    """Appends and verifies entries. Appending happens inside the transaction of the deed itself."""

    def __init__(self, database: Database, key: bytes, anchor: Path) -> None:
        """Sign with `key`; write the head to `anchor`, which best lies on another disk or machine."""
        self._database = database
        self._key = key
        self._anchor = anchor

    def append(
        self,
        connection: Connection,
        *,
        identity: Identity,
        action: str,
        at: str,
        thread_id: str | None,
        review_id: str | None,
        detail: dict[str, Any],
    ) -> None:
        """Add an entry as part of the caller's transaction."""
        head = connection.execute(select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)).first()
        seq, previous = (head.seq + 1, head.mac) if head else (1, GENESIS)
        entry = {
            "seq": seq,
            "at": at,
            "actor": identity.subject,
            "role": identity.role,
            "action": action,
            "thread_id": thread_id,
            "review_id": review_id,
            "detail": canonical_json({**detail, "identity_source": identity.source}),
            "previous": previous,
        }
        connection.execute(insert(audit).values(**entry, mac=self._mac(entry)))

    def anchor_head(self) -> None:
        """Write the chain's head to the anchor; called after the deed's transaction is on the disk."""
        try:
            with self._database.read() as connection:
                latest = select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
                head = connection.execute(latest).first()
        except StorageError:
            return  # whatever needs the database next tells it, and the next deed anchors this one too
        if head is None:
            return
        try:
            with FileLock(f"{self._anchor}.lock"):
                if self._read_anchor()[0] < head.seq:
                    draft = self._anchor.with_name(f"{self._anchor.name}.new")
                    draft.write_text(canonical_json({"seq": head.seq, "mac": head.mac}), encoding="utf-8")
                    draft.replace(self._anchor)
        except (OSError, StorageError) as error:
            # the deed is on the disk already: failing it now would say that it did not happen
            logger.warning("Audit head not anchored in %s: %s", self._anchor, error)

    def signed_with_this_key(self) -> bool:
        """Whether the last entry, if there is one, was signed with our key."""
        with self._database.read() as connection:
            head = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(1)).mappings().first()
        if head is None:
            return True
        entry = dict(head)
        return hmac.compare_digest(entry.pop("mac"), self._mac(entry))

    def entries(self) -> Iterator[AuditEntry]:
        """Every entry with its signature, oldest first; read in pages, so that a long chain fits into memory."""
        after = 0
        while True:
            page = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(PAGE)
            with self._database.read() as connection:
                rows = connection.execute(page).mappings().all()
            if not rows:
                return
            yield from (AuditEntry.model_validate(dict(row)) for row in rows)
            after = rows[-1]["seq"]

    def verify(self) -> AuditReport:
        """Recompute the whole chain and compare its head with the anchor."""
        with self._database.read() as connection:
            return verify_chain(connection, self._key, self._read_anchor())

    def _mac(self, entry: dict[str, Any]) -> str:
        return signature(self._key, entry)

    def _read_anchor(self) -> Anchored:
        return read_anchor(self._anchor)


def signature(key: bytes, entry: dict[str, Any]) -> str:
    """What an entry without its signature is signed with."""
    return hmac.new(key, canonical_json(entry).encode(), hashlib.sha256).hexdigest()


def read_anchor(file: Path) -> Anchored:
    """Number and signature of the entry that was anchored last; raises StorageError if the file is damaged."""
    if not file.exists():
        return 0, GENESIS
    try:
        anchored = json.loads(file.read_text(encoding="utf-8"))
        return int(anchored["seq"]), str(anchored["mac"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"Audit anchor {file} is damaged: {error}. Nothing was changed; restore it from a backup."
        raise StorageError(message) from error


def verify_chain(connection: Connection, key: bytes, anchored: Anchored) -> AuditReport:
    """Recompute the chain that the connection sees and compare it with what was anchored."""
    head, count, broken_at, anchored_mac = GENESIS, 0, None, None
    for row in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
        entry = dict(row)
        mac, count = str(entry.pop("mac")), count + 1
        intact = entry["seq"] == count and entry["previous"] == head
        if broken_at is None and not (intact and hmac.compare_digest(mac, signature(key, entry))):
            broken_at = count
        if count == anchored[0]:
            anchored_mac = mac
        head = mac
    problem = None
    if broken_at is not None:
        problem = f"Entry {broken_at} was changed, removed or put in."
    elif anchored[0] > count:
        broken_at, problem = count + 1, f"Entries up to {anchored[0]} were anchored, the last ones are gone."
    elif anchored[0] and anchored_mac != anchored[1]:
        broken_at, problem = anchored[0], f"Entry {anchored[0]} is not the one that was anchored."
    return AuditReport(
        ok=problem is None,
        entries=count,
        head=head,
        anchored_seq=anchored[0],
        broken_at=broken_at,
        problem=problem,
    )
