"""The rows of a thread's checkpoints in each kind of place, read and written past the desk."""

import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import psycopg

from agent.settings import Settings
from agent.store.dynamodb import TableAddress

Content = tuple[str, bytes]


class Rows(ABC):
    """Where a thread's latest state lies: its type and content, and those of its pause."""

    @abstractmethod
    def read(self, thread_id: str) -> Content:
        """The state."""

    @abstractmethod
    def write(self, thread_id: str, content: Content) -> None:
        """Replace the state."""

    @abstractmethod
    def read_pause(self, thread_id: str) -> Content:
        """The payload of its interrupt."""

    @abstractmethod
    def write_pause(self, thread_id: str, content: Content) -> None:
        """Replace it."""

    @abstractmethod
    def swap(self, thread_id: str, other: str) -> None:
        """Put another thread's state in this one's place."""


class FileRows(Rows):
    """In a SQLite file: a state is one row."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, thread_id: str) -> Content:
        return self._one("SELECT type, checkpoint FROM checkpoints WHERE thread_id = ? ORDER BY 1 DESC", thread_id)

    def write(self, thread_id: str, content: Content) -> None:
        self._change("UPDATE checkpoints SET type = ?, checkpoint = ? WHERE thread_id = ?", *content, thread_id)

    def read_pause(self, thread_id: str) -> Content:
        return self._one("SELECT type, value FROM writes WHERE channel = '__interrupt__' AND thread_id = ?", thread_id)

    def write_pause(self, thread_id: str, content: Content) -> None:
        sql = "UPDATE writes SET type = ?, value = ? WHERE channel = '__interrupt__' AND thread_id = ?"
        self._change(sql, *content, thread_id)

    def swap(self, thread_id: str, other: str) -> None:
        self.write(thread_id, self.read(other))

    def _one(self, sql: str, *values: Any) -> Content:
        with closing(sqlite3.connect(self._path)) as connection:
            found: Content = connection.execute(sql, values).fetchone()
        return found

    def _change(self, sql: str, *values: Any) -> None:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute(sql, values)


class ServerRows(Rows):
    """In PostgreSQL: every field of a state is a row; the messages stand for it."""

    def __init__(self, url: str) -> None:
        self._url = url

    def read(self, thread_id: str) -> Content:
        return self._one(
            "SELECT type, blob FROM checkpoint_blobs WHERE channel = 'messages' AND thread_id = %s", thread_id
        )

    def write(self, thread_id: str, content: Content) -> None:
        sql = "UPDATE checkpoint_blobs SET type = %s, blob = %s WHERE channel = 'messages' AND thread_id = %s"
        self._change(sql, *content, thread_id)

    def read_pause(self, thread_id: str) -> Content:
        sql = "SELECT type, blob FROM checkpoint_writes WHERE channel = '__interrupt__' AND thread_id = %s"
        return self._one(sql, thread_id)

    def write_pause(self, thread_id: str, content: Content) -> None:
        sql = "UPDATE checkpoint_writes SET type = %s, blob = %s WHERE channel = '__interrupt__' AND thread_id = %s"
        self._change(sql, *content, thread_id)

    def swap(self, thread_id: str, other: str) -> None:
        sql = (
            "UPDATE checkpoints SET checkpoint = jsonb_set(checkpoint, '{channel_values}', "
            "(SELECT checkpoint -> 'channel_values' FROM checkpoints WHERE thread_id = %s)) WHERE thread_id = %s"
        )
        self._change(sql, other, thread_id)

    def _one(self, sql: str, *values: Any) -> Content:
        with psycopg.connect(self._url) as connection:
            kind, content = connection.execute(sql.encode(), values).fetchone() or ("", b"")
        return kind, bytes(content)

    def _change(self, sql: str, *values: Any) -> None:
        with psycopg.connect(self._url) as connection:
            connection.execute(sql.encode(), values)


class TableRows(Rows):
    """In DynamoDB: an item that names the type, and one with the content."""

    def __init__(self, address: TableAddress) -> None:
        self._table = boto3.resource("dynamodb", region_name=address.region, endpoint_url=address.endpoint).Table(
            address.table
        )
        self._found: dict[tuple[str, str, str | None], dict[str, Any]] = {}
        """As the desk wrote them."""

    def read(self, thread_id: str) -> Content:
        item = self._item("CHECKPOINT_", thread_id)
        return item["type"], bytes(self._content(item)["payload"])

    def write(self, thread_id: str, content: Content) -> None:
        self._replace(self._item("CHECKPOINT_", thread_id), content)

    def read_pause(self, thread_id: str) -> Content:
        item = self._item("WRITES_", thread_id, "__interrupt__")
        return item["type"], bytes(self._content(item)["payload"])

    def write_pause(self, thread_id: str, content: Content) -> None:
        self._replace(self._item("WRITES_", thread_id, "__interrupt__"), content)

    def swap(self, thread_id: str, other: str) -> None:
        item = self._item("CHECKPOINT_", other)
        content = self._content(item)["payload"]
        target = self._item("CHECKPOINT_", thread_id)
        self._table.put_item(Item={**self._content(target), "payload": content})

    def _item(self, beginning: str, thread_id: str, channel: str | None = None) -> dict[str, Any]:
        place = beginning, thread_id, channel
        if place not in self._found:
            self._found[place] = next(
                item
                for item in self._table.scan()["Items"]
                if item["PK"].startswith(f"{beginning}{thread_id}") and (channel is None or item["channel"] == channel)
            )
        return self._found[place]

    def _content(self, item: dict[str, Any]) -> dict[str, Any]:
        content: dict[str, Any] = self._table.get_item(Key={"PK": item["ref_key"], "SK": "CHUNK"})["Item"]
        if "compression" in item:
            content = {**content, "payload": content["payload"].value}
        return content

    def _replace(self, item: dict[str, Any], content: Content) -> None:
        kind, written = content
        kept = {name: value for name, value in item.items() if name != "compression"}
        packed = {"compression": "gzip"} if written[:2] == b"\x1f\x8b" else {}
        self._table.put_item(Item={**kept, **packed, "type": kind})
        self._table.put_item(Item={"PK": item["ref_key"], "SK": "CHUNK", "payload": written})


def rows_of(settings: Settings) -> Rows:
    """Where these settings keep checkpoints."""
    if settings.checkpoint_url:
        return TableRows(TableAddress.parse(settings.checkpoint_url))
    return (
        ServerRows(settings.database_url) if settings.database_url else FileRows(settings.home / "checkpoints.sqlite")
    )
