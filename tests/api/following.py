"""Clients that follow threads, for tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

ENDS = {"RESPONSE_COMPLETE", "HITL_TRIGGERED"}


@contextmanager
def sse(client: httpx.Client, thread_id: str, **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Events of a thread by SSE, each with the `id` that came with it."""
    with client.stream("GET", f"/threads/{thread_id}/events", headers=headers, timeout=15) as answer:
        assert answer.status_code == 200, answer.read()
        yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[dict[str, Any]]:
    seen: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if line:
            seen[name] = value
        elif "data" in seen:
            event = json.loads(seen["data"])
            assert seen["event"] == event["type"]
            assert seen["id"] == str(event["seq"])
            yield event
            seen = {}


def ws_url(base: str, thread_id: str, last_event_id: int = 0, **query: str) -> str:
    """Where a thread is followed by WebSocket."""
    further = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{base}/ws/{thread_id}?last_event_id={last_event_id}{further}"


def open_ws(url: str, key: str | None = None, **headers: str) -> ClientConnection:
    """A WebSocket with this key."""
    brought = {"Authorization": f"Bearer {key}"} if key else {}
    return connect(url, additional_headers={**brought, **headers}, proxy=None, open_timeout=20, max_queue=None)


def next_event(socket: ClientConnection, timeout: float = 15) -> dict[str, Any]:
    """The next event that is not a heartbeat."""
    while True:
        event: dict[str, Any] = json.loads(socket.recv(timeout=timeout))
        if event["type"] != "HEARTBEAT":
            return event
