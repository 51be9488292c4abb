"""Without any key the desk is a demo for the people of its own machine, and for nobody else."""

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.api.conftest import KIM, Api, OpenApi, message
from tests.api.following import open_ws, ws_url
from tests.api.tokens import TOKENS


def test_without_any_key_the_desk_is_a_demo_that_says_so(api: Api) -> None:
    answer = message(api.client())

    assert (answer.status_code, answer.headers["x-triage-mode"]) == (200, "demo")


def test_the_first_key_ends_the_demo_for_good(api: Api) -> None:
    key = api.key("shop")
    assert message(api.client()).status_code == 401
    assert "x-triage-mode" not in message(api.client(key)).headers

    api.desk.access.revoke_key("shop", KIM)

    assert message(api.client()).status_code == 401


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        ({"sign_in": "required"}, {}),
        (TOKENS, {}),
        ({}, {"X-Forwarded-For": "127.0.0.1"}),
        ({}, {"Forwarded": "for=127.0.0.1"}),
    ],
)
def test_the_demo_is_closed_where_it_could_be_reached_or_is_not_wanted(
    settings: dict[str, Any], headers: dict[str, str], open_api: OpenApi
) -> None:
    api = open_api(**settings)

    assert message(api.client(None, **headers)).status_code == 401
    assert api.desk.threads() == []


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example", "Origin": "http://evil.example"}, {"Origin": "null"}],
)
def test_other_websites_cannot_use_the_demo_through_a_browser(headers: dict[str, str], untouched: Api) -> None:
    assert message(untouched.client(None, **headers)).status_code == 403

    with (
        pytest.raises(InvalidStatus) as refused,
        open_ws(ws_url(untouched.ws, "00000000-0000-4000-8000-000000000000"), None, Origin="https://evil.example"),
    ):
        pass
    assert refused.value.response.status_code == 403
    assert untouched.desk.threads() == []


def test_two_people_are_two_people_in_the_demo_too(api: Api) -> None:
    review_id = message(api.client(), text="refund of $600 please").json()["review_id"]
    robin, sam = (api.client(None, **{"X-Triage-Person": name}) for name in ("Robin", "Sam"))

    tried = [who.post(f"/reviews/{review_id}/decision", json={"action": "approve"}) for who in (robin, robin, sam)]

    assert [each.status_code for each in tried] == [200, 403, 200]
    assert "a different person has to confirm" in tried[1].json()["detail"]
    assert (api.desk.review(review_id).decided_by, api.desk.payments_made()) == ("Sam", 1)
