"""The anchor of a restored audit chain, where it is kept elsewhere than in the home."""

import logging
from pathlib import Path

from agent.archive.contents import ANCHOR, Manifest
from agent.errors import StorageError
from agent.store.audit import read_anchor
from agent.store.home_notes import sync_folder

logger = logging.getLogger(__name__)


def anchor_elsewhere(home: Path, anchor: Path, manifest: Manifest, aside: str) -> None:
    """Set aside an anchor that names entries later than the backup, and put the backup's in its place.

    Else the restored chain would look as if somebody had cut it off, and no backup of it could be made. An anchor that
    the backup reaches stays: it is the better witness. Can be repeated; raises OSError.
    """
    restored = home / ANCHOR
    if anchor == restored or not _is_ahead(anchor, manifest):
        return
    set_aside = anchor.with_name(f"{anchor.name}.{aside}")
    anchor.replace(set_aside)
    if restored.exists():
        draft = anchor.with_name(f"{anchor.name}.new")
        draft.write_bytes(restored.read_bytes())
        draft.replace(anchor)
    sync_folder(anchor.parent)
    logger.warning(
        "The anchor of the audit chain names an entry later than the %d of this backup: it lies in %s now. What was "
        "decided after the backup is not in this desk.",
        manifest.audit_entries,
        set_aside,
    )


def _is_ahead(anchor: Path, manifest: Manifest) -> bool:
    try:
        return read_anchor(anchor)[0] > manifest.audit_entries
    except StorageError:
        return True  # damaged: set aside as well, since nothing could be verified against it
