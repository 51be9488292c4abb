"""Two hundred clients that come and go: every event once, in order, to each of them."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from agent.desk import Desk
from tests.api.conftest import Api, running_api
from tests.api.following import ws_url
from tests.api.looping import in_a_loop

pytestmark = pytest.mark.long

CLIENTS = 200
THREADS = 20
MESSAGES = 12
DROPPED = {"RESPONSE_CHUNK"}
"""Pieces of a reply that is stored whole by now."""


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    with running_api(tmp_path / "home", api_streams=CLIENTS) as opened:
        yield opened


async def follow(api: Api, thread_id: str, last: dict[str, int], chance: random.Random) -> Any:
    """The sequence numbers that one client saw over all its connections, and how many those were."""
    seen: list[tuple[int, str]] = []
    connections = 0
    while not (thread_id in last and seen and seen[-1][0] >= last[thread_id]):
        connections += 1
        patience = chance.uniform(0.05, 1.5)
        async with connect(
            ws_url(api.ws, thread_id, seen[-1][0] if seen else 0), proxy=None, open_timeout=60
        ) as socket:
            try:
                async with asyncio.timeout(patience):
                    while True:
                        event = json.loads(await socket.recv())
                        if event["type"] != "HEARTBEAT":
                            seen.append((event["seq"], event["type"]))
            except (TimeoutError, ConnectionClosed):
                if chance.random() < 0.5:
                    socket.transport.abort()  # without a word, as a phone in a tunnel does
    return seen, connections


def write(desk: Desk, threads: list[str]) -> dict[str, int]:
    """Customers write while the clients come and go; returns the last event of each thread."""
    for number in range(MESSAGES):
        for thread_id in threads:
            desk.receive(f"how long do you deliver, {number}?", thread_id=thread_id)
    for thread_id in threads:
        while not all(turn.status == "done" for turn in desk.thread(thread_id).turns):
            time.sleep(0.05)
    return {thread_id: desk.thread(thread_id).last_seq for thread_id in threads}


async def everybody(api: Api, threads: list[str]) -> list[Any]:
    last: dict[str, int] = {}
    clients = [
        asyncio.create_task(follow(api, threads[number % THREADS], last, random.Random(number)))  # noqa: S311  for a test
        for number in range(CLIENTS)
    ]
    last.update(await asyncio.to_thread(write, api.desk, threads))
    return await asyncio.gather(*clients)


def test_two_hundred_clients_that_reconnect_lose_nothing_and_see_nothing_twice(api: Api) -> None:
    threads = [api.desk.chat("how long do you deliver?").thread_id for _ in range(THREADS)]

    told = in_a_loop(everybody(api, threads))

    connections = 0
    for number, (seen, count) in enumerate(told):
        stored = {event.seq for event in api.desk.events(threads[number % THREADS], limit=100_000)}
        got = [seq for seq, _ in seen]
        assert got == sorted(set(got))
        assert stored - set(got) == set()
        assert {kind for seq, kind in seen if seq not in stored} <= DROPPED
        connections += count
    assert connections > 2 * CLIENTS
    print(f"{CLIENTS} clients, {connections} connections, {sum(len(seen) for seen, _ in told)} events")  # noqa: T201  a figure


async def crowd(api: Api, thread_id: str, key: str) -> Counter[str]:
    """A thousand connections at once with one key; how each of them was received."""
    received: Counter[str] = Counter()
    leave = asyncio.Event()

    async def come() -> None:
        headers = {"Authorization": f"Bearer {key}"}
        try:
            async with connect(ws_url(api.ws, thread_id), additional_headers=headers, proxy=None, open_timeout=120):
                received["open"] += 1
                await leave.wait()
        except InvalidStatus as refusal:
            received[str(refusal.response.status_code)] += 1

    coming = [asyncio.create_task(come()) for _ in range(1000)]
    async with asyncio.timeout(120):
        while received.total() < len(coming):  # noqa: ASYNC110  a figure, not an event
            await asyncio.sleep(0.1)
        other = api.client(api.key("somebody else"))
        answer = await asyncio.to_thread(other.post, "/chat", json={"text": "how long do you deliver?"})
        received[f"somebody else {answer.status_code}"] += 1
    leave.set()
    await asyncio.gather(*coming)
    return received


def test_a_thousand_connections_of_one_client_keep_nobody_else_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running_api(tmp_path / "home", api_streams=50) as api:
        thread_id = api.desk.chat("how long do you deliver?").thread_id

        received = in_a_loop(crowd(api, thread_id, api.key("crowd")))

    assert received == {"open": 50, "429": 950, "somebody else 200": 1}
    assert sum("streams open" in record.message for record in caplog.records) == 1
