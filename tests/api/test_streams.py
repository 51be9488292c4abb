import json
import threading
from contextlib import ExitStack, suppress
from itertools import takewhile

import httpx
import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from agent.api.waits import Waits
from agent.model import Decision
from tests.api.conftest import KIM, SLOW, Api, OpenApi
from tests.api.following import next_event, open_ws, sse, ws_url
from tests.stand_ins import REFUND_MESSAGE, REVIEWER


def begin(client: httpx.Client, text: str = "how long do you deliver?") -> str:
    told = client.post("/chat", json={"text": text, "customer_id": "C-1001"}).json()
    return str(told["thread_id"])


def seqs_stored(api: Api, thread_id: str) -> list[int]:
    return [event.seq for event in api.desk.events(thread_id)]


def test_a_stream_tells_everything_that_happened_in_order(api: Api) -> None:
    client = api.client()
    thread_id = begin(client)
    stored = seqs_stored(api, thread_id)

    with sse(client, thread_id) as events:
        told = [next(events) for _ in stored]

    assert [event["seq"] for event in told] == stored
    assert told[0]["type"] == "MESSAGE_RECEIVED"
    assert "RESPONSE_COMPLETE" in {event["type"] for event in told}


@pytest.mark.parametrize("how", ["header", "query"])
def test_a_stream_goes_on_after_the_last_event_that_was_seen(how: str, api: Api) -> None:
    client = api.client()
    thread_id = begin(client)
    stored = seqs_stored(api, thread_id)

    if how == "header":
        with sse(client, thread_id, **{"Last-Event-ID": str(stored[2])}) as events:
            first = next(events)
    else:
        with client.stream("GET", f"/threads/{thread_id}/events?after={stored[2]}") as answer:
            lines = answer.iter_lines()
            data = next(line for line in lines if line.startswith("data: "))
            first = json.loads(data.removeprefix("data: "))

    assert first["seq"] == stored[3]


def test_what_happens_while_one_follows_comes_as_it_happens(api: Api) -> None:
    client = api.client()
    thread_id = begin(client, REFUND_MESSAGE)
    seen = len(seqs_stored(api, thread_id))

    with sse(client, thread_id) as events:
        for _ in range(seen):
            next(events)
        review_id = api.desk.queue()[0].review_id
        deciding = threading.Thread(target=api.desk.decide, args=(review_id, Decision(action="approve"), REVIEWER))
        deciding.start()
        live = list(takewhile(lambda event: event["type"] != "RESPONSE_COMPLETE", events))
        deciding.join()

    assert {"HITL_RESOLVED", "REFUND_ISSUED"} <= {event["type"] for event in live}


@pytest.mark.parametrize("by", ["sse", "ws"])
def test_a_reply_comes_in_pieces_while_it_is_being_written(by: str, open_api: OpenApi) -> None:
    api = open_api(mind=SLOW)
    client = api.client()
    thread_id = begin(client)
    last = seqs_stored(api, thread_id)[-1]
    client.post("/chat?wait_s=0", json={"text": "and how do you deliver?", "thread_id": thread_id})

    if by == "sse":
        with sse(client, thread_id, **{"Last-Event-ID": str(last)}) as events:
            told = list(takewhile(lambda event: event["type"] != "RESPONSE_COMPLETE", events))
    else:
        with open_ws(ws_url(api.ws, thread_id, last)) as socket:
            coming = iter(lambda: next_event(socket), None)
            told = list(takewhile(lambda event: event["type"] != "RESPONSE_COMPLETE", coming))

    (piece,) = (event for event in told if event["type"] == "RESPONSE_CHUNK")
    assert piece["payload"]["text"] == "Standard delivery takes 3 to 5 working days. "


def test_a_websocket_tells_the_same_as_the_stream(api: Api) -> None:
    thread_id = begin(api.client())
    stored = seqs_stored(api, thread_id)

    with open_ws(ws_url(api.ws, thread_id)) as socket:
        told = [next_event(socket)["seq"] for _ in stored]
    with open_ws(ws_url(api.ws, thread_id, stored[-2])) as socket:
        rest = next_event(socket)["seq"]

    assert told == stored
    assert rest == stored[-1]


def test_nothing_of_another_thread_comes(api: Api) -> None:
    client = api.client()
    mine = begin(client)
    last = seqs_stored(api, mine)[-1]

    with open_ws(ws_url(api.ws, mine, last)) as socket:
        begin(client)
        client.post("/chat", json={"text": "how do you deliver?", "thread_id": mine})
        told = [next_event(socket) for _ in range(3)]

    assert {event["thread_id"] for event in told} == {mine}


@pytest.mark.parametrize("wanted", ["-1", "x", str(2**70)])
def test_a_last_event_id_that_is_none_is_refused(wanted: str, api: Api) -> None:
    client = api.client()
    thread_id = begin(client)

    answer = client.get(f"/threads/{thread_id}/events", headers={"Last-Event-ID": wanted})

    assert answer.status_code == 422


def test_an_unknown_thread_is_not_followed(api: Api) -> None:
    nobodys = "00000000-0000-4000-8000-000000000000"

    by_sse = api.client().get(f"/threads/{nobodys}/events")
    with pytest.raises(InvalidStatus) as by_ws, open_ws(ws_url(api.ws, nobodys)):
        pass

    assert by_sse.status_code == 404
    assert by_ws.value.response.status_code == 404


def test_one_client_holds_so_many_streams_and_no_more(open_api: OpenApi, caplog: pytest.LogCaptureFixture) -> None:
    api = open_api(api_streams=3)
    thread_id = begin(api.client())

    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(open_ws(ws_url(api.ws, thread_id)))
        refused = []
        for _ in range(5):
            with pytest.raises(InvalidStatus) as too_many, open_ws(ws_url(api.ws, thread_id)):
                pass
            refused.append(too_many.value.response.status_code)
        by_sse = api.client().get(f"/threads/{thread_id}/events")

    assert refused == [429] * 5
    assert by_sse.status_code == 429
    assert by_sse.headers["retry-after"]
    assert [record.message for record in caplog.records if record.levelname in {"WARNING", "ERROR"}] == [
        "address 127.0.0.1 holds 3 streams open; more are refused until it closes some"
    ]
    with open_ws(ws_url(api.ws, thread_id)) as again:
        assert next_event(again)["type"] == "MESSAGE_RECEIVED"


def test_an_open_stream_ends_when_its_key_is_revoked(open_api: OpenApi) -> None:
    api = open_api(waits=Waits(heartbeat_s=0.2, idle_s=0.1))
    key = api.key("shop")
    thread_id = begin(api.client(key))

    with open_ws(ws_url(api.ws, thread_id), key) as socket:
        assert next_event(socket)
        api.desk.access.revoke_key("shop", KIM)
        with suppress(ConnectionClosedError):
            for _heartbeat in socket:
                pass

    assert socket.close_code == 1008
