"""Customers see their own threads, and neither rules nor names of colleagues."""

import json

import pytest
from websockets.exceptions import InvalidStatus

from tests.api.conftest import Api, message
from tests.api.following import open_ws, sse, ws_url
from tests.stand_ins import REFUND_MESSAGE


def test_a_customers_key_sees_that_customers_threads_only(api: Api) -> None:
    theirs = api.client(api.key("c1", customer_id="C-1001"))
    other = api.client(api.key("c2", customer_id="C-1002"))
    told = message(theirs).json()
    thread_id, turn_id = told["thread_id"], told["turn_id"]

    assert api.desk.thread(thread_id).thread.customer_id == "C-1001"
    assert theirs.get(f"/threads/{thread_id}").status_code == 200
    refused = [
        other.get(f"/threads/{thread_id}"),
        other.get(f"/threads/{thread_id}/events"),
        message(other, thread_id=thread_id),
        other.post(f"/turns/{turn_id}/rating", json={"rating": 5}),
        other.get("/threads/00000000-0000-4000-8000-000000000000"),
    ]
    assert [each.status_code for each in refused] == [404] * 5
    assert len({each.json()["detail"] for each in refused}) == 1
    assert len(api.desk.thread(thread_id).turns) == 1
    with pytest.raises(InvalidStatus) as by_ws, open_ws(ws_url(api.ws, thread_id), api.key("c3", customer_id="C-1003")):
        pass
    assert by_ws.value.response.status_code == 404


def test_a_customers_key_decides_nothing_and_sees_no_queue(api: Api) -> None:
    theirs = api.client(api.key("c1", customer_id="C-1001"))
    told = message(theirs, text=REFUND_MESSAGE).json()
    thread_id, review_id = told["thread_id"], told["review_id"]

    refused = [
        theirs.post("/chat", json={"thread_id": thread_id, "approval": True}),
        theirs.post(f"/threads/{thread_id}/decision", json={"action": "approve"}),
        theirs.post(f"/reviews/{review_id}/decision", json={"action": "approve"}),
        theirs.get(f"/reviews/{review_id}"),
        theirs.get("/approvals"),
        theirs.get("/threads"),
        theirs.get("/health"),
        theirs.post(f"/threads/{thread_id}/answer", json={"text": "hello"}),
        theirs.post(f"/threads/{thread_id}/session"),
        theirs.post("/sessions", json={"customer_id": "C-1002"}),
        message(theirs, customer_id="C-1002"),
    ]

    assert [each.status_code for each in refused] == [403] * len(refused)
    assert api.desk.payments_made() == 0


def test_customers_who_use_the_same_message_id_do_not_meet(api: Api) -> None:
    one, two = (api.client(api.key(name, customer_id=name)) for name in ("C-1001", "C-1002"))

    first = message(one, message_id="1").json()
    second = message(two, message_id="1").json()

    assert first["thread_id"] != second["thread_id"]
    assert first["message_id"] == second["message_id"] == "1"
    assert message(one, message_id="1").json() == first


def test_customers_see_no_rules_and_no_names_of_colleagues(api: Api) -> None:
    theirs = api.client(api.key("c1", customer_id="C-1001"))
    told = message(theirs, text=REFUND_MESSAGE).json()
    robin = api.client(api.key("robin@example.com", "reviewer"))
    robin.post(f"/reviews/{told['review_id']}/decision", json={"action": "take-over"})
    robin.post(f"/threads/{told['thread_id']}/answer", json={"text": "I am looking into it."})

    shown = theirs.get(f"/threads/{told['thread_id']}").json()
    with sse(theirs, told["thread_id"]) as events:
        seen = []
        for event in events:
            seen.append(event)
            if event["type"] == "RESPONSE_COMPLETE" and event["payload"]["text"].startswith("I am looking"):
                break

    assert told["rules"] == []
    assert shown["turns"] is None
    assert shown["transcript"][-1]["author"] == "Robin"
    assert "robin@example.com" not in json.dumps([seen, shown])
    assert "ROUTED" not in {event["type"] for event in seen}
