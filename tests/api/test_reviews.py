from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.conftest import Api, running_api
from tests.stand_ins import REFUND_MESSAGE


def pause(api: Api, client: httpx.Client | None = None) -> dict[str, Any]:
    told: dict[str, Any] = (
        (client or api.by("stakeholder")).post("/chat", json={"text": REFUND_MESSAGE, "customer_id": "C-1001"}).json()
    )
    assert told["status"] == "PAUSED_FOR_APPROVAL"
    return told


@pytest.fixture(scope="module")
def paused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, str]]:
    """A server and the one review that waits there, for all decisions that do not fit."""
    with running_api(tmp_path_factory.mktemp("paused") / "home") as opened:
        yield opened, pause(opened)["review_id"]


def test_the_queue_is_listed_in_pages_and_filtered(api: Api) -> None:
    shop, analyst = api.by("stakeholder"), api.by("analyst")
    reviews = {pause(api, shop)["review_id"] for _ in range(3)}

    first = analyst.get("/approvals?limit=2").json()
    second = analyst.get(f"/approvals?limit=2&offset={first['next_offset']}").json()
    none = analyst.get("/approvals?kind=escalation").json()
    found = analyst.get("/approvals", params={"search": "LF-10482", "status": ["pending", "applied"]}).json()

    assert {row["review_id"] for row in first["items"] + second["items"]} == reviews
    assert second["next_offset"] is None
    assert none["items"] == []
    assert len(found["items"]) == 3


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "offset=-1", "status=unheard", "limit=99999", "search=" + "a" * 201]
)
def test_filters_that_do_not_fit_are_refused(query: str, paused: tuple[Api, str]) -> None:
    assert paused[0].by("analyst").get(f"/approvals?{query}").status_code == 422


def test_a_review_shows_its_evidence_and_what_may_be_done(api: Api) -> None:
    review_id = pause(api)["review_id"]

    shown = api.by("analyst").get(f"/reviews/{review_id}").json()

    assert shown["review"]["payload"]["evidence"]["clauses"]
    assert "approve" in shown["allowed_actions"]
    assert len(shown["seen_sha256"]) == 64


def test_a_decision_counts_only_for_what_was_shown(api: Api) -> None:
    review_id = pause(api)["review_id"]
    robin = api.by("reviewer")
    seen = robin.get(f"/reviews/{review_id}").json()["seen_sha256"]

    stale = robin.post(f"/reviews/{review_id}/decision", json={"action": "approve", "seen_sha256": "0" * 64})
    right = robin.post(f"/reviews/{review_id}/decision", json={"action": "approve", "seen_sha256": seen})

    assert stale.status_code == 409
    assert right.json()["action_result"] == "Refund issued: $240.00"


def test_who_comes_second_is_told_who_was_first(api: Api) -> None:
    thread_id = pause(api)["thread_id"]
    robin, sam = api.client(api.key("robin", "reviewer")), api.client(api.key("sam", "reviewer"))
    review_id = api.desk.queue()[0].review_id

    first = robin.post(f"/threads/{thread_id}/decision", json={"action": "approve"})
    by_thread = sam.post(f"/threads/{thread_id}/decision", json={"action": "deny", "reason": "suspected_fraud"})
    by_review = sam.post(f"/reviews/{review_id}/decision", json={"action": "deny", "reason": "suspected_fraud"})

    assert first.status_code == 200
    assert by_thread.status_code == by_review.status_code == 409
    assert "robin" in by_review.json()["detail"]
    assert api.desk.payments_made() == 1


def test_an_amount_may_be_changed_in_minor_units(api: Api) -> None:
    review_id = pause(api)["review_id"]

    told = api.by("reviewer").post(
        f"/reviews/{review_id}/decision", json={"action": "edit", "amount": {"minor": 4250}, "reply": "Part of it."}
    )

    assert told.json()["action_result"] == "Refund issued: $42.50"


@pytest.mark.parametrize(
    "body",
    [
        b'{"action": "edit", "amount": {"minor": 1e309}}',
        b'{"action": "edit", "amount": {"minor": -1}}',
        b'{"action": "edit", "amount": {"minor": 1.5}}',
        b'{"action": "edit", "amount": {"minor": NaN}}',
        b'{"action": "edit", "amount": {"minor": 99999999999999999999999999}}',
        b'{"action": "edit", "amount": {"minor": 100, "currency": "XXX"}}',
        b'{"action": "deny"}',
        b'{"action": "deny", "reason": "because"}',
        b'{"action": "explode"}',
        b'{"action": "approve", "amount": {"minor": 1}}',
        b'{"action": "approve", "surprise": true}',
        b'{"action": "respond"}',
        b'{"action": "respond", "reply": "\\ud800"}',
        b'{"action": "respond", "reply": "\\u0000"}',
        b"[]",
        b"null",
    ],
)
def test_a_decision_that_does_not_fit_leaves_the_review_open(body: bytes, paused: tuple[Api, str]) -> None:
    api, review_id = paused

    refused = api.by("reviewer").post(
        f"/reviews/{review_id}/decision", content=body, headers={"Content-Type": "application/json"}
    )

    assert refused.status_code == 422, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert api.desk.review(review_id).status == "pending"
    assert api.desk.payments_made() == 0


@pytest.mark.parametrize("role", ["stakeholder", "analyst"])
def test_roles_that_decide_nothing_are_refused(role: Any, api: Api) -> None:
    told = pause(api)
    client = api.by(role)

    refused = [
        client.post(f"/reviews/{told['review_id']}/decision", json={"action": "approve"}),
        client.post(f"/threads/{told['thread_id']}/decision", json={"action": "approve"}),
        client.post("/chat", json={"thread_id": told["thread_id"], "approval": True}),
        client.post(f"/reviews/{told['review_id']}/claim"),
    ]

    assert [each.status_code for each in refused] == [403] * 4
    assert api.desk.review(told["review_id"]).status == "pending"


def test_a_claim_keeps_others_from_deciding_until_it_is_given_back(api: Api) -> None:
    review_id = pause(api)["review_id"]
    robin, sam = api.client(api.key("robin", "reviewer")), api.client(api.key("sam", "reviewer"))

    claimed = robin.post(f"/reviews/{review_id}/claim").json()
    refused = sam.post(f"/reviews/{review_id}/decision", json={"action": "approve"})
    released = robin.post(f"/reviews/{review_id}/release").json()

    assert claimed["claimed_by"] == "robin"
    assert claimed["claimed_until"]
    assert refused.status_code == 409
    assert released["claimed_by"] is None
    assert sam.post(f"/reviews/{review_id}/decision", json={"action": "approve"}).status_code == 200


def test_a_held_decision_can_be_called_back(api: Api) -> None:
    review_id = pause(api)["review_id"]
    robin = api.by("reviewer")

    held = robin.post(f"/reviews/{review_id}/decision?held=true", json={"action": "approve"}).json()
    undone = robin.post(f"/reviews/{review_id}/undo")

    assert held["held_until"]
    assert undone.status_code == 200
    assert api.desk.review(review_id).status == "pending"
    assert api.desk.payments_made() == 0


def test_a_person_takes_over_answers_and_hands_back(api: Api) -> None:
    told = pause(api)
    thread_id = told["thread_id"]
    robin = api.client(api.key("robin", "reviewer"))
    robin.post(f"/reviews/{told['review_id']}/decision", json={"action": "take-over"})

    answered = robin.post(f"/threads/{thread_id}/answer", json={"text": "I am looking into it."})
    back = robin.post(f"/threads/{thread_id}/hand-back")
    again = robin.post(f"/threads/{thread_id}/hand-back")

    assert answered.json() == {"thread_id": thread_id, "status": "WITH_PERSON"}
    assert back.json()["status"] == "DONE"
    assert again.status_code == 409
    lines = robin.get(f"/threads/{thread_id}").json()["transcript"]
    assert ("person", "I am looking into it.") in {(line["who"], line["text"]) for line in lines}


def test_nothing_pending_cannot_be_decided(api: Api) -> None:
    told = api.by("stakeholder").post("/chat", json={"text": "how do you deliver?"}).json()

    refused = api.by("reviewer").post(f"/threads/{told['thread_id']}/decision", json={"action": "approve"})

    assert refused.status_code == 409


@pytest.mark.parametrize("review_id", ["unknown", "%00", "%ed%a0%80", "a" * 300, "..%2f..%2fetc"])
def test_unknown_reviews_are_not_found(review_id: str, paused: tuple[Api, str]) -> None:
    robin = paused[0].by("reviewer")

    assert robin.get(f"/reviews/{review_id}").status_code == 404
    assert robin.post(f"/reviews/{review_id}/decision", json={"action": "approve"}).status_code == 404


def test_a_customer_rates_a_reply_and_the_last_word_counts(api: Api) -> None:
    client = api.by("stakeholder")
    turn_id = client.post("/chat", json={"text": "how do you deliver?"}).json()["turn_id"]

    rated = [client.post(f"/turns/{turn_id}/rating", json={"rating": stars}).status_code for stars in (2, 5)]
    unfit = [
        client.post(f"/turns/{turn_id}/rating", json={"rating": stars}).status_code for stars in (0, 6, True, "5", 4.5)
    ]

    assert rated == [200, 200]
    assert unfit == [422] * 5
    assert api.desk.rating_of(turn_id) == 5
    assert client.post("/turns/unknown/rating", json={"rating": 5}).status_code == 404


def test_operators_list_threads_and_see_the_desks_health(api: Api) -> None:
    shop, analyst = api.by("stakeholder"), api.by("analyst")
    thread_id = shop.post("/chat", json={"text": "how do you deliver?"}).json()["thread_id"]

    listed = analyst.get("/threads", params={"search": "deliver"}).json()["items"]
    health = analyst.get("/health").json()

    assert [row["thread_id"] for row in listed] == [thread_id]
    assert {"ok", "engine", "checks", "pending"} <= health.keys()
    assert shop.get("/threads").status_code == 403
    assert shop.get("/health").status_code == 403
    assert analyst.get(f"/threads/{thread_id}").json()["turns"][0]["record"]["routing"]
