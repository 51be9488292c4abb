"""The same thing asked for by many at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.api.conftest import Api
from tests.stand_ins import REFUND_MESSAGE

ROUNDS = 15


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    return client.post(path, json=body)


def test_of_an_approval_and_a_denial_at_the_same_moment_one_counts(api: Api) -> None:
    shop = api.client(api.key("shop"))
    robin, sam = api.client(api.key("robin", "reviewer")), api.client(api.key("sam", "reviewer"))
    bodies = ({"action": "approve"}, {"action": "deny", "reason": "suspected_fraud"})
    paid = 0

    with ThreadPoolExecutor(2) as both:
        for number in range(ROUNDS):
            text = f"refund of $1 for order LF-10482, please, {number}"
            thread_id = post(shop, "/chat", {"text": text, "customer_id": "C-1001"}).json()["thread_id"]
            path = f"/threads/{thread_id}/decision"
            answers = list(both.map(post, (robin, sam), (path, path), bodies))

            assert sorted(answer.status_code for answer in answers) == [200, 409]
            won = next(answer.json() for answer in answers if answer.status_code == 200)
            assert won["status"] == "DONE"
            paid += "Refund issued" in won["action_result"]

    assert api.desk.payments_made() == paid


def test_a_message_sent_ten_times_at_once_under_one_id_is_one_message(api: Api) -> None:
    clients = [api.client(key) for key in [api.key("shop")] * 10]
    body = {"text": REFUND_MESSAGE, "customer_id": "C-1001", "message_id": "m-1"}

    with ThreadPoolExecutor(10) as all_at_once:
        answers = list(all_at_once.map(lambda client: post(client, "/chat", body).json(), clients))

    assert all(answer == answers[0] for answer in answers)
    (thread,) = api.desk.threads()
    assert thread.turns == 1
    assert len(api.desk.queue()) == 1


def test_a_message_is_answered_while_many_read(api: Api) -> None:
    reader, other = api.client(), api.client()
    paused = post(reader, "/chat", {"text": REFUND_MESSAGE, "customer_id": "C-1001"}).json()

    with ThreadPoolExecutor(40) as many:
        reading = [many.submit(reader.get, f"/threads/{paused['thread_id']}", timeout=30) for _ in range(200)]
        told = post(other, "/chat", {"text": "how long do you deliver?"})

    assert told.json()["status"] == "DONE"
    assert {done.result().status_code for done in reading} == {200}
