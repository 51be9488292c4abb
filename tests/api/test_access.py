import base64
import hashlib
import hmac
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from pydantic import SecretStr
from websockets.exceptions import InvalidStatus

from agent.api.session_tokens import new_session, write_token
from agent.api.waits import Waits
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from agent.model import HistoryFilter, Identity
from tests.api.conftest import KIM, Api, OpenApi, running_api
from tests.api.following import next_event, open_ws, sse, ws_url
from tests.faults.records import everything_kept
from tests.stand_ins import REFUND_MESSAGE

SECRET = "a secret of the issuer, long enough to be one"  # noqa: S105  of an issuer that these tests play
ISSUER, AUDIENCE = "https://id.example", "desk"
TOKENS: dict[str, Any] = {"jwt_key": SecretStr(SECRET), "jwt_issuer": ISSUER, "jwt_audience": AUDIENCE}


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "robin", "roles": ["reviewer"], "exp": now + 600, **other}


def token(key: Any = None, alg: str = "HS256", header: dict[str, Any] | None = None, **other: Any) -> str:
    said = {name: value for name, value in claims(**other).items() if value is not None}
    return jwt.encode({"alg": alg, **(header or {})}, said, key or OctKey.import_key(SECRET), algorithms=[alg])


@pytest.fixture(scope="module")
def tokens_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that takes tokens, for all tests of this file whose tokens are refused."""
    with running_api(tmp_path_factory.mktemp("tokens") / "home", **TOKENS) as opened:
        yield opened
        assert opened.desk.threads() == []


def message(client: httpx.Client, **body: Any) -> httpx.Response:
    return client.post("/chat", json={"text": "how long do you deliver?", **body})


# keys


def test_a_key_is_shown_once_and_stored_as_a_hash(api: Api, tmp_path: Path) -> None:
    made = api.desk.access.create_key("shop", "reviewer", KIM)

    assert made.secret.startswith("tk_")
    assert made.secret not in json.dumps([key.model_dump() for key in api.desk.access.keys(KIM)])
    kept = [path.read_bytes() for path in tmp_path.rglob("desk.sqlite*") if path.is_file()]
    assert not any(made.secret.encode() in content for content in kept)
    assert made.key.name in str(everything_kept(api.desk.home))
    assert made.secret not in str(everything_kept(api.desk.home))
    assert api.desk.access.key_of(made.secret) == made.key


def test_a_revoked_key_opens_nothing_from_the_next_request_on(api: Api) -> None:
    client = api.client(api.key("shop"))
    assert message(client).status_code == 200

    api.desk.access.revoke_key("shop", KIM)

    refused = message(client)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert len(api.desk.threads()) == 1


def test_keys_are_made_and_taken_away_by_admins_on_record(api: Api) -> None:
    lead = Identity(subject="Lee", role="lead", source="command-line")
    with pytest.raises(ForbiddenError):
        api.desk.access.create_key("shop", "admin", lead)
    api.desk.access.create_key("shop", "reviewer", KIM)
    with pytest.raises(ForbiddenError):
        api.desk.access.revoke_key("shop", lead)
    with pytest.raises(ConflictError):
        api.desk.access.create_key("shop", "reviewer", KIM)
    api.desk.access.revoke_key("shop", KIM)
    with pytest.raises(InvalidDecisionError):
        api.desk.access.revoke_key("shop", KIM)

    done = [entry.action for entry in api.desk.workbench.audit_entries(KIM)]
    assert done == ["key_created", "key_revoked"]
    assert api.desk.verify_audit().ok


@pytest.mark.parametrize(
    ("name", "role", "scope"),
    [
        ("", "reviewer", {}),
        ("a\nb", "reviewer", {}),
        ("x", "system", {}),
        ("x", "reviewer", {"customer_id": "C-1001"}),
        ("x", "stakeholder", {"customer_id": "guest"}),
        ("x", "stakeholder", {"subject": "desk"}),
    ],
)
def test_keys_that_would_open_too_much_are_not_made(
    name: str, role: Any, scope: dict[str, str], untouched: Api
) -> None:
    with pytest.raises(InvalidDecisionError, match="no key was made"):
        untouched.desk.access.create_key(name, role, KIM, **scope)

    assert untouched.desk.access.keys(KIM) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer tk_unknown"},
        {"Authorization": "Bearer ts_unknown"},
        {"Authorization": "Bearer a.b.c"},
        {"Authorization": "Basic a2ltOmtpbQ=="},
        {"Authorization": "Bearer"},
        {"X-API-Key": "tk_unknown"},
        {"X-API-Key": "kim"},
    ],
)
def test_what_nobody_gave_opens_nothing(headers: dict[str, str], untouched: Api) -> None:
    refused = message(untouched.client(None, **headers))

    assert refused.status_code == 401
    assert untouched.desk.threads() == []


def test_a_key_may_come_in_a_header_of_its_own_but_not_in_the_address(api: Api) -> None:
    key = api.key("shop")

    by_header = message(api.client(None, **{"X-API-Key": key}))
    by_address = api.client().post(f"/chat?token={key}", json={"text": "hello"})

    assert by_header.status_code == 200
    assert by_address.status_code == 401


# the demo


def test_without_any_key_the_desk_is_a_demo_that_says_so(api: Api) -> None:
    assert message(api.client()).headers["x-triage-mode"] == "demo"


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
    text = "refund of $900 for order LF-10399"
    told = message(api.client(), text=text, customer_id="C-1002").json()
    robin, sam = (api.client(None, **{"X-Triage-Person": name}) for name in ("Robin", "Sam"))
    review = robin.get(f"/reviews/{told['review_id']}").json()["review"]

    first = robin.post(
        f"/reviews/{told['review_id']}/decision", json={"action": "deny", "reason": "other", "note": "n"}
    )

    assert first.status_code == 200, (first.text, review["status"])
    assert api.desk.review(told["review_id"]).decided_by == "Robin"
    assert sam.post(f"/reviews/{told['review_id']}/decision", json={"action": "approve"}).status_code == 409


# tokens of an identity provider


def test_a_token_opens_what_its_role_may_and_is_stored_with_the_decision(open_api: OpenApi) -> None:
    api = open_api(**TOKENS)
    client = api.client(token())
    told = message(client, text=REFUND_MESSAGE, customer_id="C-1001").json()

    decided = client.post(f"/reviews/{told['review_id']}/decision", json={"action": "approve"})

    assert decided.json()["action_result"] == "Refund issued: $240.00"
    (entry,) = api.desk.workbench.history(HistoryFilter(), KIM)
    assert entry.decision.source == "jwt"
    assert entry.decision.subject == "sub:robin"


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp_in": -10},
        {"exp": None},
        {"exp": "soon"},
        {"nbf_in": 3600},
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another service"},
        {"aud": None},
        {"aud": ["another", "third"]},
        {"sub": None},
        {"alg": "HS512"},
        {"key": OctKey.import_key("another secret that is long enough to be one")},
    ],
    ids=lambda wrong: " ".join(f"{name}={value}" for name, value in wrong.items() if name != "key") or "other key",
)
def test_a_token_that_is_not_right_opens_nothing(wrong: dict[str, Any], tokens_only: Api) -> None:

    now = int(time.time())
    in_time = {name.removesuffix("_in"): now + wrong[name] for name in wrong if name.endswith("_in")}
    other = {name: value for name, value in wrong.items() if not name.endswith("_in")}

    refused = message(tokens_only.client(token(**other, **in_time)))

    assert refused.status_code == 401
    assert refused.json()["type"].endswith("unauthorized")
    assert tokens_only.desk.threads() == []


def test_a_token_without_a_signature_opens_nothing(tokens_only: Api) -> None:
    unsigned = ".".join((*(token().split(".")[:2]), ""))
    head = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"  # {"alg":"none","typ":"JWT"}

    for forged in (f"{head}.{unsigned.split('.')[1]}.", unsigned, f"{head}.{unsigned.split('.')[1]}"):
        assert message(tokens_only.client(forged)).status_code == 401


def test_a_public_key_is_no_shared_secret(open_api: OpenApi) -> None:
    private = RSAKey.generate_key(2048)
    public = private.as_pem(private=False).decode()
    api = open_api(jwt_key=SecretStr(public), jwt_issuer=ISSUER, jwt_audience=AUDIENCE)
    said = ".".join(_part(document) for document in ({"alg": "HS256"}, claims()))
    forged = f"{said}.{_encoded(hmac.digest(public.encode(), said.encode(), hashlib.sha256))}"

    assert message(api.client(token(private, "RS256"))).status_code == 200
    assert message(api.client(forged)).status_code == 401


def _part(document: dict[str, Any]) -> str:
    return _encoded(json.dumps(document).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize(("again_s", "status"), [(30.0, 401), (0.0, 200)])
def test_a_new_key_of_the_issuer_is_fetched_but_not_too_often(again_s: float, status: int, open_api: OpenApi) -> None:
    first, second = (ECKey.generate_key("P-256", {"kid": name}) for name in ("one", "two"))
    with key_server(first) as (url, published):
        waits = Waits(keys_again_s=again_s)
        api = open_api(waits=waits, jwks_url=url, jwt_issuer=ISSUER, jwt_audience=AUDIENCE)
        assert message(api.client(token(first, "ES256", {"kid": "one"}))).status_code == 200
        published.append(second)

        answer = message(api.client(token(second, "ES256", {"kid": "two"})))
        stranger = message(api.client(token()))

    assert answer.status_code == status
    assert stranger.status_code == 401


def test_an_issuer_that_cannot_be_reached_lets_nobody_in(open_api: OpenApi) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_address[1]
    api = open_api(jwks_url=f"http://127.0.0.1:{port}/keys", jwt_issuer=ISSUER, jwt_audience=AUDIENCE)

    assert message(api.client(token())).status_code == 401


@pytest.mark.parametrize("other", [{"jwks_url": "http://id.example/keys"}, {"jwt_key": SecretStr("short")}])
def test_keys_that_prove_nothing_are_not_taken(other: dict[str, Any], open_api: OpenApi) -> None:
    api = open_api(jwt_issuer=ISSUER, jwt_audience=AUDIENCE, **other)

    refused = message(api.client(token()))

    assert refused.status_code == 503
    assert "no token is taken" in refused.json()["detail"]


def test_what_the_desk_says_of_a_person_counts_more_than_the_token(open_api: OpenApi) -> None:
    api = open_api(**TOKENS)
    client = api.client(token())
    assert client.get("/approvals").status_code == 200

    api.desk.workbench.set_role("sub:robin", "none", KIM)

    assert client.get("/approvals").status_code == 403


@contextmanager
def key_server(*keys: ECKey) -> Iterator[tuple[str, list[ECKey]]]:
    """An issuer that publishes its keys."""
    published = list(keys)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(KeySet([*published]).as_dict(private=False)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/keys", published
        server.shutdown()
        thread.join()


# customers


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


# sessions of browsers


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


# limits


def test_who_sends_too_much_is_told_when_to_come_back(open_api: OpenApi) -> None:
    api = open_api(api_rate="5/minute")
    busy, other = (api.client(api.key(name)) for name in ("busy", "other"))

    answers = [busy.get("/threads/x") for _ in range(7)]

    assert [each.status_code for each in answers] == [404] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert other.get("/threads/x").status_code == 404


def test_who_guesses_keys_is_slowed_down_and_does_not_keep_others_out(open_api: OpenApi) -> None:
    api = open_api(api_rate="5/minute")
    guesser = api.client("tk_guess")

    answers = [guesser.get("/approvals").status_code for _ in range(7)]

    assert answers == [401] * 5 + [429] * 2
    assert api.client(api.key("shop")).get("/threads/x").status_code == 404


def test_a_key_opens_no_more_than_it_was_made_for(api: Api) -> None:
    api.desk.workbench.set_role("robin", "admin", KIM)
    client = api.client(api.key("figures", "analyst", subject="robin"))
    told = message(client, text=REFUND_MESSAGE, customer_id="C-1001").json()

    assert client.get("/approvals").status_code == 200
    assert client.post(f"/reviews/{told['review_id']}/decision", json={"action": "approve"}).status_code == 403
