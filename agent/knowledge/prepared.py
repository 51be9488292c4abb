"""What was prepared of sections and questions, in a file of the desk's own: nothing is read twice by the embedder.

Everything in the file can be made again. It is not in the cache, because it holds what customers asked in some form.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert

from agent.knowledge.material import Prepared
from agent.store.sqlite import SqliteDatabase

metadata = MetaData()

prepared = Table(
    "prepared",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

AT_ONCE = 500
"""Keys of one query; SQLite takes some thousands."""

HEAD = 4
"""Whole numbers before the body: its checksum, rows, columns of a row, n-grams."""


T = TypeVar("T")


def in_parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The things in order, at most `size` at a time."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


class PreparedFile:
    """Keeps what was prepared by key; made when something is first kept."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._lock = Lock()
        self._database: SqliteDatabase | None = None

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys under which something is kept."""
        found: set[str] = set()
        for some in in_parts(keys, AT_ONCE):
            with self._opened().read() as connection:
                found.update(connection.execute(select(prepared.c.key).where(prepared.c.key.in_(some))).scalars())
        return found

    def read(self, keys: Sequence[str]) -> dict[str, Prepared]:
        """What is kept under these keys and is whole."""
        return dict(self._rows(keys))

    def _rows(self, keys: Sequence[str]) -> Iterator[tuple[str, Prepared]]:
        for some in in_parts(keys, AT_ONCE):
            with self._opened().read() as connection:
                rows = connection.execute(select(prepared).where(prepared.c.key.in_(some))).all()
            for key, body in rows:
                one = _unpacked(body)
                if one is not None:
                    yield key, one

    def keep(self, found: dict[str, Prepared]) -> None:
        """Keep these; a process that dies meanwhile loses at most them."""
        with self._opened().write_soon() as connection:
            for key, one in found.items():
                row = {"key": key, "body": _packed(one)}
                connection.execute(insert(prepared).values(row).on_conflict_do_update(index_elements=["key"], set_=row))

    def forget_all_but(self, prefix: str, keys: set[str]) -> None:
        """Drop what begins with `prefix` and is not among the keys."""
        with self._opened().read() as connection:
            there = (
                connection.execute(select(prepared.c.key).where(prepared.c.key.startswith(prefix, autoescape=True)))
                .scalars()
                .all()
            )
        for some in in_parts([key for key in there if key not in keys], AT_ONCE):
            with self._opened().write_soon() as connection:
                connection.execute(delete(prepared).where(prepared.c.key.in_(some)))

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _opened(self) -> SqliteDatabase:
        with self._lock:
            if self._database is None:
                self._database = SqliteDatabase(self._path, metadata)
            return self._database


def _packed(one: Prepared) -> bytes:
    rows, columns = one.vectors.shape
    body = one.vectors.astype("<f4").tobytes() + one.columns.astype("<i4").tobytes() + one.times.astype("<f4").tobytes()
    head = np.array([zlib.crc32(body), rows, columns, len(one.columns)], dtype="<u4")
    return head.tobytes() + body


def _unpacked(packed: bytes) -> Prepared | None:
    """None if it is damaged; it is made again then."""
    if len(packed) < 4 * HEAD:
        return None
    check, rows, columns, ngrams = (int(number) for number in np.frombuffer(packed, dtype="<u4", count=HEAD))
    body = packed[4 * HEAD :]
    if zlib.crc32(body) != check or len(body) != 4 * (rows * columns + 2 * ngrams):
        return None
    vectors = np.frombuffer(body, dtype="<f4", count=rows * columns).reshape(rows, columns)
    rest = 4 * rows * columns
    return Prepared(
        vectors,
        np.frombuffer(body, dtype="<i4", count=ngrams, offset=rest),
        np.frombuffer(body, dtype="<f4", count=ngrams, offset=rest + 4 * ngrams),
    )
