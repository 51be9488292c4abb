"""A client that takes nothing is cut off, and what waits for it does not grow."""

import socket

import pytest

from agent.api.hub import HELD, Hub, Seat
from agent.api.waits import Waits
from agent.model import Event
from agent.store.events import NewEvent, add_events
from tests.api.conftest import Api, OpenApi
from tests.waiting import eventually


def test_what_waits_for_a_stream_is_limited_and_the_rest_is_read_again() -> None:
    seat = Seat("thread")

    for seq in range(HELD + 10):
        seat.offer(Event(seq=seq, thread_id="thread", turn_id=None, type="ROUTED", node=None, payload={}, at=""))

    assert seat.came.qsize() == HELD
    assert seat.fell_behind
    seat.start_over()
    assert seat.came.empty()
    assert not seat.fell_behind


@pytest.mark.parametrize("by", ["sse", "ws"])
def test_a_client_that_takes_nothing_is_cut_off(by: str, open_api: OpenApi) -> None:
    api = open_api(waits=Waits(send_s=0.5))
    thread_id = api.desk.chat("how do you deliver?").thread_id
    big = NewEvent(thread_id=thread_id, turn_id=None, type="ROUTED", at="", payload={"rules": "x" * 100_000})
    with api.desk._office.database.write() as connection:  # noqa: SLF001  nothing that customers do makes events so large
        add_events(connection, [big] * 300)

    with socket.create_connection(("127.0.0.1", int(api.url.rsplit(":", 1)[1]))) as idle:
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        path = f"/threads/{thread_id}/events" if by == "sse" else f"/ws/{thread_id}"
        upgrade = (
            ""
            if by == "sse"
            else (
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            )
        )
        idle.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{upgrade}\r\n".encode())

        assert eventually(lambda: open_seats(api) == 1)
        assert eventually(lambda: open_seats(api) == 0)


def open_seats(api: Api) -> int:
    hub: Hub = api.app.state.shared.hub
    return sum(len(seats) for seats in hub._seats.values())  # noqa: SLF001  what must not grow cannot be seen outside
