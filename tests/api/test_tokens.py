"""Tokens of an identity provider open what their role may, and only if everything in them is right."""

import base64
import hashlib
import hmac
import json
import socketserver
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey
from pydantic import SecretStr

from agent.api.waits import Waits
from agent.model import HistoryFilter
from tests.api.conftest import KIM, Api, OpenApi, message, running_api
from tests.api.tokens import AUDIENCE, ISSUER, TOKENS, claims, key_server, token
from tests.stand_ins import REFUND_MESSAGE


@pytest.fixture(scope="module")
def tokens_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that takes tokens, for all tests of this file whose tokens are refused."""
    with running_api(tmp_path_factory.mktemp("tokens") / "home", **TOKENS) as opened:
        yield opened
        assert opened.desk.threads() == []


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


def _part(document: dict[str, Any]) -> str:
    return _encoded(json.dumps(document).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize("roles", [None, [], ["staff"]])
def test_a_token_without_a_role_of_the_desk_or_a_customer_speaks_for_nobody(roles: Any, open_api: OpenApi) -> None:
    api = open_api(**TOKENS)
    client = api.client(token(roles=roles))

    refused = message(client, customer_id="C-1001")
    session = client.post("/sessions", json={"customer_id": "C-1001"})
    own = message(api.client(token(roles=roles, customer_id="C-1001")))
    api.desk.workbench.set_role("sub:robin", "stakeholder", KIM)
    known = message(client, customer_id="C-1001")

    assert (refused.status_code, session.status_code) == (403, 403)
    assert "neither a role of the desk nor a customer" in refused.json()["detail"]
    assert (own.status_code, known.status_code) == (200, 200)
