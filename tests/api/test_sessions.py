"""Tokens for browsers: of a website's customer, of a visitor, for one thread."""

from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from agent.api.session_tokens import new_session, write_token
from tests.api.conftest import KIM, Api, OpenApi, message
from tests.api.following import next_event, open_ws, ws_url
from tests.api.tokens import SECRET, TOKENS, claims


def test_a_website_gets_a_token_for_its_customer_that_ends_with_its_key(api: Api) -> None:
    shop = api.client(api.key("shop"))
    made = shop.post("/sessions", json={"customer_id": "C-1001"})
    browser = api.client(made.json()["token"])

    told = message(browser).json()

    assert made.status_code == 201
    assert api.desk.thread(told["thread_id"]).thread.customer_id == "C-1001"
    assert message(browser, customer_id="C-1002").status_code == 403
    api.desk.access.revoke_key("shop", KIM)
    assert message(browser).status_code == 401


def test_a_visitors_token_opens_the_one_thread_it_began(open_api: OpenApi) -> None:
    api = open_api(widget_origins=("https://shop.example",))
    api.key("ends the demo")
    first, second = (_visitor(api) for _ in range(2))
    begun = message(first, message_id="1").json()
    again = message(first, message_id="1").json()
    bound = api.client(begun["session"])
    others = message(second).json()["thread_id"]

    assert again["thread_id"] == begun["thread_id"]
    assert bound.get(f"/threads/{begun['thread_id']}").status_code == 200
    assert message(bound).json()["thread_id"] == begun["thread_id"]
    assert first.get(f"/threads/{begun['thread_id']}").status_code == 404
    assert bound.get(f"/threads/{others}").status_code == 404
    with open_ws(ws_url(api.ws, begun["thread_id"], token=begun["session"])) as socket:
        assert next_event(socket)["type"] == "MESSAGE_RECEIVED"


def _visitor(api: Api) -> httpx.Client:
    made = api.client(None, Origin="https://shop.example").post("/widget/session")
    assert made.status_code == 201
    assert made.headers["access-control-allow-origin"] == "https://shop.example"
    return api.client(made.json()["token"])


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_visitors_of_other_websites_get_no_token(origin: str, open_api: OpenApi) -> None:
    api = open_api(widget_origins=("https://shop.example",))

    refused = api.client(None, **({"Origin": origin} if origin else {})).post("/widget/session")

    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("how", [{"sign_in": "required"}, TOKENS], ids=["sign-in", "tokens"])
def test_without_allowed_websites_visitors_get_in_through_the_demo_only(
    how: dict[str, Any], untouched: Api, open_api: OpenApi
) -> None:
    closed = open_api(**how)

    here = untouched.client(None, Origin=untouched.url).post("/widget/session")
    refused = closed.client(None, Origin=closed.url).post("/widget/session")

    assert here.status_code == 201
    assert refused.status_code == 401


def test_a_token_for_one_thread_opens_no_other_and_ends(api: Api) -> None:
    shop = api.client(api.key("shop"))
    one, two = (message(shop, customer_id="C-1001").json()["thread_id"] for _ in range(2))
    browser = api.client(shop.post(f"/threads/{one}/session").json()["token"])
    ended = api.client(write_token(api.desk.access, new_session(api.desk.access, "C-1001", "", one, life_s=-1)))

    assert browser.get(f"/threads/{one}").status_code == 200
    assert browser.get(f"/threads/{two}").status_code == 404
    assert ended.get(f"/threads/{one}").status_code == 401


def test_a_token_signed_by_somebody_else_or_changed_opens_nothing(api: Api) -> None:
    real = write_token(api.desk.access, new_session(api.desk.access, "C-1001", ""))
    head, body, mac = real.removeprefix("ts_").split(".")
    forged = "ts_" + jwt.encode(
        {"alg": "HS256"}, claims(sub="C-1001", sid="s", thread=None, by=""), OctKey.import_key(SECRET)
    )

    for wrong in (forged, f"ts_{head}.{body}.{mac[::-1]}", f"ts_{head}.{body}.", f"ts_{body}"):
        assert message(api.client(wrong)).status_code == 401
    assert message(api.client(real)).status_code == 200
