"""Requests that wait for the database's writer keep nobody else waiting."""

from concurrent.futures import ThreadPoolExecutor

from tests.api.conftest import Api
from tests.stand_ins import REFUND_MESSAGE

AT_ONCE = 50
"""More than the threads that a server has for requests."""

SOON_S = 3.0
"""The writer holds its lock for longer than this."""


def test_whoever_only_asks_is_answered_while_many_decisions_and_messages_wait(api: Api) -> None:
    review_id = api.desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    key = api.key("Robin", "reviewer")
    decide = f"/reviews/{review_id}/decision"

    with ThreadPoolExecutor(2 * AT_ONCE) as people:
        with api.desk._office.database.write():  # noqa: SLF001  a process that was stopped in the middle of a change
            deciding = [people.submit(api.client(key).post, decide, json={"action": "approve"}) for _ in range(AT_ONCE)]
            writing = [people.submit(api.client(key).post, "/chat", json={"text": "hello"}) for _ in range(AT_ONCE)]
            asked = [api.client(key).get(path, timeout=SOON_S) for path in ("/approvals", "/health", "/healthz")]
        decided = [waiting.result().status_code for waiting in deciding]
        written = [waiting.result().status_code for waiting in writing]

    assert [answer.status_code for answer in asked] == [200, 200, 200]
    assert sorted(decided) == [200] + [409] * (AT_ONCE - 1)
    assert set(written) == {200}
