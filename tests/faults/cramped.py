"""Processes with little room: files that may not grow, and a home that may not be written."""

import ctypes
import os
import resource
from pathlib import Path

from agent.desk import Desk
from agent.errors import StorageError
from tests.faults.records import append_line
from tests.stand_ins import open_test_desk

ENOUGH = 2000
"""Messages after which a disk that takes more is not full."""


def write_until_refused(desk: Desk) -> tuple[list[str], str]:
    """The ids of the messages that were acknowledged, and what the desk said to the one that was not."""
    acknowledged = []
    for number in range(ENOUGH):
        try:
            receipt = desk.receive("how long is delivery? " * 20, message_id=f"crammed-{number}")
            acknowledged.append(receipt.message_id)
        except StorageError as refusal:
            return acknowledged, str(refusal)
    return acknowledged, "never refused"


def write_with_files_that_may_not_grow(home: Path, log: Path) -> None:
    """The kernel refuses every write past the limit, as a disk quota does; then the limit is lifted."""
    desk = open_test_desk(home)
    desk.chat("how long is delivery?", message_id="before")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = (home / "desk.sqlite-wal").stat().st_size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    acknowledged, said = write_until_refused(desk)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    result = desk.chat("how long is delivery?", message_id="after")
    append_line(log, {"acknowledged": acknowledged, "said": said, "after": result.status})
    desk.close()


def open_without_privileges(home: Path, log: Path) -> None:
    """Open a desk as a user for whom file modes count; root's privilege to pass over them is dropped first."""
    if os.geteuid() == 0:
        _drop_capabilities()
    try:
        open_test_desk(home).close()
        append_line(log, {"said": "opened"})
    except StorageError as refusal:
        append_line(log, {"said": str(refusal)})


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the interface, this process
    nothing = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")
