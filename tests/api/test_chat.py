from typing import Any
from uuid import uuid4

import httpx
import pytest

from agent.api import closed_api
from tests.api.conftest import Api, OpenApi
from tests.api.looping import in_a_loop
from tests.stand_ins import REFUND_MESSAGE


def chat(client: httpx.Client, expected: int = 200, **body: Any) -> dict[str, Any]:
    answer = client.post("/chat", json=body)
    assert answer.status_code == expected, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_a_question_is_answered_with_what_it_rests_on(api: Api) -> None:
    told = chat(api.client(), text="how long do you deliver?")

    assert told["status"] == "DONE"
    assert told["intent"] == "faq"
    assert told["route"] == "faq"
    assert told["citations"]
    assert told["sentiment"]["label"] == "neutral"
    assert told["queued"] is False


def test_a_refund_pauses_and_says_by_when_a_person_decides(api: Api) -> None:
    told = chat(api.client(), text=REFUND_MESSAGE, customer_id="C-1001")

    assert told["status"] == "PAUSED_FOR_APPROVAL"
    assert told["review_id"]
    assert told["due_at"].endswith("Z")
    assert told["action_result"] is None


def test_an_approval_pays_and_a_second_one_pays_nothing(api: Api) -> None:
    client = api.client()
    thread_id = chat(client, text=REFUND_MESSAGE, customer_id="C-1001")["thread_id"]

    told = chat(client, thread_id=thread_id, approval=True)

    assert told["status"] == "DONE"
    assert told["action_result"] == "Refund issued: $240.00"
    assert chat(client, 409, thread_id=thread_id, approval=True)["type"].endswith("nothing-pending")
    assert api.desk.payments_made() == 1


def test_a_denial_is_told_and_pays_nothing(api: Api) -> None:
    client = api.client()
    thread_id = chat(client, text=REFUND_MESSAGE, customer_id="C-1001")["thread_id"]

    told = chat(client, thread_id=thread_id, approval=False, text="outside of our window")

    assert told["status"] == "DONE"
    assert "denied" in told["action_result"].lower()
    assert api.desk.payments_made() == 0


def test_an_approval_sent_again_under_its_id_is_the_same_approval(api: Api) -> None:
    client = api.client()
    thread_id = chat(client, text=REFUND_MESSAGE, customer_id="C-1001")["thread_id"]
    first = chat(client, thread_id=thread_id, approval=True, message_id="yes-1")

    again = chat(client, thread_id=thread_id, approval=True, message_id="yes-1")

    assert again == first
    assert chat(client, 409, thread_id=thread_id, approval=False, message_id="yes-1")
    assert api.desk.payments_made() == 1


@pytest.mark.parametrize("where", ["body", "header"])
def test_the_same_message_id_is_the_same_message(where: str, api: Api) -> None:
    client = api.client()
    body = {"text": REFUND_MESSAGE, "customer_id": "C-1001"} | ({"message_id": "m-1"} if where == "body" else {})
    headers = {"Idempotency-Key": "m-1"} if where == "header" else {}

    answers = [client.post("/chat", json=body, headers=headers).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert len(api.desk.threads()) == 1
    assert len(api.desk.queue()) == 1


@pytest.mark.parametrize(
    "other", [{"text": "something else"}, {"customer_id": "C-1002"}, {"thread_id": "another"}, {"text": "x", "wait": 1}]
)
def test_the_same_message_id_with_another_body_is_refused(other: dict[str, Any], api: Api) -> None:
    client = api.client()
    first = chat(client, text="how do you deliver?", customer_id="C-1001", message_id="m-1")
    thread_id = chat(client, text="what else?")["thread_id"]
    changed = {key: thread_id if value == "another" else value for key, value in other.items() if key != "wait"}

    refused = chat(
        client, 409, **{"text": "how do you deliver?", "customer_id": "C-1001", "message_id": "m-1", **changed}
    )

    assert "nothing was stored" in refused["detail"]
    assert len(api.desk.thread(first["thread_id"]).turns) == 1


def test_two_names_of_one_id_may_not_differ(api: Api) -> None:
    answer = api.client().post("/chat", json={"text": "hello", "message_id": "a"}, headers={"Idempotency-Key": "b"})

    assert answer.status_code == 422
    assert api.desk.threads() == []


def test_without_waiting_the_message_is_kept_and_answered_later(api: Api) -> None:
    client = api.client()

    answer = client.post("/chat?wait_s=0", json={"text": "how long do you deliver?", "message_id": "m-1"})

    assert answer.status_code in {200, 202}
    later = chat(client, text="how long do you deliver?", message_id="m-1")
    assert later["thread_id"] == answer.json()["thread_id"]
    assert later["status"] == "DONE"


def test_a_message_to_a_paused_thread_waits_with_the_review(api: Api) -> None:
    client = api.client()
    paused = chat(client, text=REFUND_MESSAGE, customer_id="C-1001")

    told = chat(client, text="and how long does it take?", thread_id=paused["thread_id"])

    assert told["queued"] is True
    assert told["status"] == "PAUSED_FOR_APPROVAL"
    assert [turn.text for turn in api.desk.held_messages(paused["review_id"])] == ["and how long does it take?"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": "\x00\x07"}, 422),
        ({"text": "a" * 20_000}, 422),
        ({"text": "hello", "unheard_of": 1}, 422),
        ({"text": ["hello"]}, 422),
        ({"text": "hello", "channel": "check case x"}, 422),
        ({"text": "hello", "customer_id": "a\nb"}, 422),
        ({"text": "hello", "message_id": "a\x00b"}, 422),
        ({"text": "hello", "thread_id": str(uuid4())}, 404),
        ({"text": "hello", "thread_id": "../../etc/passwd"}, 404),
        ({"approval": True}, 422),
        ({"approval": "perhaps", "thread_id": str(uuid4())}, 422),
        ({"approval": True, "thread_id": str(uuid4())}, 404),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(body: dict[str, Any], status: int, untouched: Api) -> None:
    answer = untouched.client().post("/chat", json=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= answer.json().keys()
    assert "nothing was" in answer.json()["detail"] or "not stored" in answer.json()["detail"]
    assert untouched.desk.threads() == []


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"text": "hello"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"text": "\\ud800 hello"}', "application/json", 422),
        (b'{"text": "hello", "customer_id": "\\udfff"}', "application/json", 422),
        (b'{"text": "hello", "thread_id": "\\ud800"}', "application/json", 404),
        (b'"hello"', "application/json", 422),
        pytest.param(b"[" * 30_000, "application/json", 400, id="deep"),
        (b"text=hello", "application/x-www-form-urlencoded", 415),
        (b'{"text": "hello"}', "text/plain", 415),
        (b'{"text": "hello"}', "", 415),
    ],
)
def test_what_is_not_json_is_refused(content: bytes, content_type: str, status: int, untouched: Api) -> None:
    headers = {"Content-Type": content_type} if content_type else {}

    answer = untouched.client().post("/chat", content=content, headers=headers)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert untouched.desk.threads() == []


@pytest.mark.parametrize("chunked", [False, True])
def test_a_huge_body_is_refused_before_it_is_read(chunked: bool, untouched: Api) -> None:  # noqa: FBT001  a parameter of the test
    huge = b'{"text": "' + b"a" * 10_000_000 + b'"}'
    parts = (huge[start : start + 100_000] for start in range(0, len(huge), 100_000))

    answer = untouched.client().post(
        "/chat", content=parts if chunked else huge, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 413
    assert "nothing was stored" in answer.json()["detail"]
    assert untouched.desk.threads() == []


def test_while_the_desk_opens_everything_waits_but_the_server_lives(open_api: OpenApi) -> None:
    api = open_api()
    desk, api.door.desk = api.door.desk, None
    client = api.client()

    refused = client.post("/chat", json={"text": "hello"})

    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["type"].endswith("desk-opening")
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    api.door.desk = desk
    assert client.get("/readyz").status_code == 200
    assert desk is not None
    assert desk.threads() == []


def test_a_desk_that_cannot_be_opened_says_why(api: Api) -> None:
    api.door.desk, api.door.problem = None, "Database desk.sqlite: not a database."

    answer = api.client().get("/readyz")

    assert answer.status_code == 503
    assert "not a database" in answer.json()["detail"]


def test_a_process_with_unusable_settings_refuses_with_the_reason() -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(closed_api("TRIAGE_ENGINE=none is not usable."))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/chat", json={"text": "hello"})

    answer = in_a_loop(ask())

    assert answer.status_code == 503
    assert "TRIAGE_ENGINE=none is not usable." in answer.json()["detail"]


def test_the_same_addresses_lie_under_api_as_well(api: Api) -> None:
    told = api.client().post("/api/chat", json={"text": "how do you deliver?"})

    assert told.status_code == 200
    assert api.client().get(f"/api/threads/{told.json()['thread_id']}").status_code == 200
