"""Who has a key gets in as far as it was made for, until it is taken away."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from agent.model import Identity
from tests.api.conftest import KIM, Api, message
from tests.faults.records import everything_kept
from tests.stand_ins import REFUND_MESSAGE


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


def test_a_key_opens_no_more_than_it_was_made_for(api: Api) -> None:
    api.desk.workbench.set_role("robin", "admin", KIM)
    client = api.client(api.key("figures", "analyst", subject="robin"))
    told = message(client, text=REFUND_MESSAGE, customer_id="C-1001").json()

    assert client.get("/approvals").status_code == 200
    assert client.post(f"/reviews/{told['review_id']}/decision", json={"action": "approve"}).status_code == 403
